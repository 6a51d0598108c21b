import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAnswer } from '../../builders/answer.ts';
import { BotUnderTest, CHANNEL, MEGAN, TENANT, textOf } from './bot-under-test.ts';

describe('a conversation with the bot', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());

  it('is answered with a card in the thread in which it was asked', async () => {
    bot.services.answer = () =>
      anAnswer({
        lead: 'All is well.',
        blocks: [{ kind: 'facts', facts: [{ label: 'Users', value: '42' }] }],
      });
    const response = await bot.send({
      text: "<at>License Watch</at>&nbsp;who changed <b>Rick</b>'s license",
    });
    expect(response.status).toBe(200);
    expect(bot.services.asked.at(-1)).toEqual({
      text: "who changed <b>Rick</b>'s license",
      asker: {
        person: { aadObjectId: MEGAN, tenantId: TENANT, name: 'Megan Bowen' },
        timeZone: 'America/New_York',
        locale: 'en-US',
        conversationKey: CHANNEL,
      },
    });
    const sent = bot.connector.said.at(-1);
    expect(sent?.conversationId).toBe(`${CHANNEL};messageid=1700000000000`);
    expect(sent?.activity.summary).toBe('All is well.');
    expect(textOf(sent?.activity)).toContain('42');
  });
});
