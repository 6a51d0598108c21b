import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { BotUnderTest, textOf } from '../bot-under-test.ts';
import { aPressedBot, INCIDENT } from './pressed-bot.ts';

const bot = aPressedBot();

describe('in a client that only knows Action.Submit', () => {
  const submit = (fields: object) =>
    bot.send({
      text: undefined,
      replyToId: 'card-7',
      value: { verb: 'approve', incidentId: INCIDENT, approveReason: 'Leaver' },
      ...fields,
    });

  it('puts the new card in the place of the old one where nobody else sees it', async () => {
    await submit(bot.personal());
    expect(bot.services.decided).toHaveLength(1);
    const sent = bot.connector.said.at(-1);
    expect([sent?.method, sent?.activityId]).toEqual(['PUT', 'card-7']);
    expect(textOf(sent?.activity)).toContain('Approved');
  });

  it('answers in the thread of a channel, whose card is everybody’s', async () => {
    await submit({});
    expect(bot.services.decided).toHaveLength(1);
    expect(bot.connector.said.map(({ method }) => method)).toEqual(['POST']);
    expect(textOf(bot.connector.said[0]?.activity)).toContain('Approved');
  });
});

describe('by Action.Submit in a channel where not everybody may see everybody', () => {
  const careful = new BotUnderTest();
  careful.channelShowsNames = false;
  beforeAll(() => careful.start());
  afterAll(() => careful.stop());

  it('shows nobody’s own card to the others', async () => {
    careful.services.incidents.set(INCIDENT, anIncidentView());
    const [user] = anIncidentView().users;
    await careful.send({
      text: undefined,
      replyToId: 'card-7',
      value: { verb: 'view', incidentId: INCIDENT },
    });
    const told = textOf(careful.connector.said.at(-1)?.activity);
    expect(told).toContain('in our personal chat');
    expect(told).not.toContain(user?.name);
  });
});
