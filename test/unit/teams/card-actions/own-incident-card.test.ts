import { describe, expect, it } from 'vitest';
import { FORMS } from '../../../../src/teams/cards/incident/viewer.ts';
import { MEGAN, TENANT, textOf } from '../bot-under-test.ts';
import { elementsOf } from '../cards/check-card.ts';
import { aPressedBot, INCIDENT, USER } from './pressed-bot.ts';

/** A channel whose members nobody has asked for yet. */
const ELSEWHERE = {
  conversation: {
    id: '19:another@thread.tacv2',
    conversationType: 'channel',
    tenantId: TENANT,
    isGroup: true,
  },
};

const bot = aPressedBot();

describe('the card of whoever looks', () => {
  const buttonsOf = (body: unknown) =>
    elementsOf(body).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [verb] : []));

  it('has the buttons of an operator, and asks Teams for itself again', async () => {
    const response = await bot.press('view', { incidentId: INCIDENT, cardKey: 'incident:x' });
    expect(response.body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(buttonsOf(response.body)).toEqual(
      expect.arrayContaining(['reassign', 'approve', 'snooze', 'view']),
    );
    expect(response.body?.value).toMatchObject({
      refresh: { action: { verb: 'view' }, userIds: ['user-id-0'] },
    });
  });

  it.each(['reassign', 'approve', 'snooze'] as const)(
    'opens the form of the button that was pressed: %s',
    async (open) => {
      const response = await bot.press('view', { incidentId: INCIDENT, open });
      expect(response.body?.type).toBe('application/vnd.microsoft.card.adaptive');
      expect(buttonsOf(response.body)).toEqual(expect.arrayContaining([open, 'view']));
      expect(textOf(response.body)).toContain('Cancel');
      expect(bot.services.decided).toEqual([]);
    },
  );

  it('keeps the form open, and says beside the list that nobody was selected', async () => {
    const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'chosen', users: '' });
    const card = response.body?.value as { body: { items?: { type: string; text?: string }[] }[] };
    const form = card.body.at(-1)?.items ?? [];
    const notice = form.findIndex(({ text }) => text === 'Nobody was selected, so nothing was changed.');
    expect(form[notice + 1]?.type).toBe('ActionSet');
    expect(elementsOf(card).find(({ id }) => id === 'users-choose')?.isVisible).toBe(true);
  });

  it.each(['reader', 'none'] as const)(
    'answers a %s who wants to decide by who can, and by nothing else',
    async (role) => {
      bot.services.roles.set(MEGAN, role).set('lee', 'operator').set('anna', 'owner').set('unit', 'operator');
      bot.services.scopes.set('unit', { sees: null, acts: new Set([USER]) });
      bot.connector.roster = [
        [
          { id: '29:0', name: 'Megan Bowen', objectId: MEGAN },
          { id: '29:1', name: 'Lee Gu', objectId: 'lee' },
          { id: '29:2', name: 'Isaiah Langer', objectId: 'unit' },
          { id: '29:3', name: 'Anna Kowalska', objectId: 'anna' },
        ],
      ];
      for (const open of FORMS) {
        const response = await bot.press('view', { incidentId: INCIDENT, open }, ELSEWHERE);
        expect(response.body).toEqual({
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: 'Only operators can decide this. Operators here: Lee Gu, Anna Kowalska.',
        });
      }
      const inChat = await bot.press('view', { incidentId: INCIDENT, open: 'approve' }, bot.personal());
      expect(inChat.body?.value).toBe('Only operators can decide this. Ask an owner for the role.');
      expect(bot.services.viewers).toEqual([]);
    },
  );

  it('has no button to decide with for a reader', async () => {
    bot.services.roles.set(MEGAN, 'reader');
    const response = await bot.press('view', { incidentId: INCIDENT });
    expect(buttonsOf(response.body)).toEqual(['support-case', 'view']);
    expect(textOf(response.body)).toContain('Only operators can decide this.');
  });

  it('is of users whom they may see', async () => {
    const sees = new Set([USER]);
    bot.services.scopes.set(MEGAN, { sees, acts: sees });
    await bot.press('view', { incidentId: INCIDENT });
    expect(bot.services.viewers.at(-1)?.sees).toBe(sees);
  });

  it('is refused to somebody without a role', async () => {
    bot.services.roles.set(MEGAN, 'none');
    const response = await bot.press('view', { incidentId: INCIDENT });
    expect(response.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('You are not among the people') as string,
    });
  });

  it('is not there for an incident that is not there', async () => {
    const response = await bot.press('view', { incidentId: 'incident-of-others' });
    expect(response.body?.value).toContain('I don’t know this incident');
  });

  it.each([
    ['view', {}],
    ['wake', {}],
    ['reassign', { who: 'all' }],
  ])('takes the place of the channel’s card for nobody else, time after time: %s', async (verb, data) => {
    for (let press = 0; press < 3; press++) {
      const response = await bot.press(verb, { incidentId: INCIDENT, ...data });
      expect(response.body).toMatchObject({
        type: 'application/vnd.microsoft.card.adaptive',
        value: { refresh: { userIds: ['user-id-0'] } },
      });
    }
    expect(bot.connector.said).toEqual([]);
  });
});
