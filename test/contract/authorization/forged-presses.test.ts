import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, CAST, from, IN_THE_UNIT } from './cast.ts';
import { Stage, saidTo } from './stage.ts';

const { operator, scoped, nobody } = CAST;

const stage = new Stage();
beforeAll(async () => {
  await stage.start({ SECOND_APPROVER_ABOVE_USERS: '4' });
  await stage.holdWrites();
});
afterAll(() => stage.stop());

/** Presses as Megan unless told otherwise, and holds that nothing was decided; what was said. */
async function refused(verb: string, data: object, actor: Actor = operator) {
  let told = '';
  const decided = await stage.decidedDuring(async () => {
    told = saidTo(await stage.press(actor, 'channel', verb, data));
  });
  expect(decided).toEqual([]);
  return told;
}

describe('forged data of a card', () => {
  it('names users who are not of the incident', async () => {
    const { id, userIds } = await stage.incident();
    const users = [userIds[0], nobody.aadObjectId].join(',');
    const told = await refused('reassign', { incidentId: id, who: 'chosen', users });
    expect(told).toContain('do not belong to this incident');
    expect(await stage.store.decisions.steps(id)).toEqual([]);
  });

  it('names users who are not of the unit', async () => {
    const { id, userIds } = await stage.incident();
    const told = await refused(
      'reassign',
      { incidentId: id, who: 'chosen', users: userIds.join(',') },
      scoped,
    );
    expect(told).toContain('outside your administrative units');
  });

  it('names another plan than there is', async () => {
    const { id } = await stage.incident();
    const told = await refused('reassign', { incidentId: id, who: 'all', plan: '0123456789abcdef' });
    expect(told).toContain('The plan has changed since it was shown');
  });

  it('names a request of another incident', async () => {
    const mine = await stage.incident();
    const other = await stage.incident();
    await stage.press(CAST.removed, 'channel', 'reassign', { incidentId: other.id, who: 'all' });
    const requestId = (await stage.store.incidents.byId(other.id))?.request?.id;
    expect(requestId).toBeDefined();
    await refused('confirm', { incidentId: mine.id, requestId });
    await refused('decline', { incidentId: mine.id, requestId });
    expect((await stage.store.incidents.byId(other.id))?.request?.id).toBe(requestId);
  });

  it('names a reassign of another incident to undo', async () => {
    const mine = await stage.incident();
    const other = await stage.incident();
    const [reassign] = await stage.decidedDuring(() =>
      stage.press(operator, 'channel', 'reassign', {
        incidentId: other.id,
        who: 'chosen',
        users: IN_THE_UNIT.join(','),
      }),
    );
    const told = await refused('undo', { incidentId: mine.id, decisionId: reassign?.id });
    expect(told).toContain('I do not know this reassign');
  });

  it.each(['view', 'reassign', 'approve', 'snooze', 'wake', 'undo', 'confirm', 'decline'])(
    'names an incident that is not there: %s',
    async (verb) => {
      const told = await refused(verb, {
        incidentId: 'no-such-incident',
        who: 'all',
        approveWhy: 'leaver',
        length: '1d',
        snoozeReason: 'x',
        decisionId: 'x',
        requestId: 'x',
      });
      expect(told).toMatch(/I (?:do not|don’t) know this incident/);
    },
  );
});

describe('an activity', () => {
  const others: [string, () => Record<string, unknown>][] = [
    [
      'of another tenant',
      () => ({ channelData: { tenant: { id: '99999999-0000-4000-8000-000000000001' } } }),
    ],
    [
      'that names two tenants',
      () => ({
        conversation: {
          id: 'two',
          conversationType: 'personal',
          tenantId: '99999999-0000-4000-8000-000000000001',
        },
        channelData: { tenant: { id: '99999999-0000-4000-8000-000000000001' } },
      }),
    ],
    ['of no tenant', () => ({ conversation: { id: 'none', conversationType: 'personal' }, channelData: {} })],
    ['without an object id', () => ({ from: { id: `29:${operator.aadObjectId}`, name: operator.name } })],
    ['with an empty object id', () => ({ from: { id: `29:x`, name: operator.name, aadObjectId: '' } })],
    [
      'whose object id is only in the Teams id',
      () => ({ from: { id: operator.aadObjectId, name: 'Megan' } }),
    ],
  ];

  it.each(others)('%s decides nothing', async (_name, fields) => {
    const { id } = await stage.incident();
    const before = await stage.store.incidents.byId(id);
    for (const verb of ['view', 'reassign', 'approve']) {
      const data = { incidentId: id, who: 'all', approveWhy: 'leaver' };
      const exchange = await stage.bot.press(verb, data, {
        ...from(stage.bot, operator, 'personal'),
        ...fields(),
      });
      expect(saidTo(exchange)).toMatch(/not among the people|Only operators|another organisation/);
      expect(saidTo(exchange)).not.toContain('AdaptiveCard');
    }
    expect(await stage.store.incidents.byId(id)).toEqual(before);
    expect(await stage.store.decisions.byIncident(id)).toEqual([]);
  });

  it('with the object id in capitals is of the same person', async () => {
    const { id } = await stage.incident();
    const shouting = { ...operator, aadObjectId: operator.aadObjectId.toUpperCase() };
    const [decision] = await stage.decidedDuring(() =>
      stage.press(shouting, 'channel', 'approve', { incidentId: id, approveWhy: 'leaver' }),
    );
    expect(decision?.by.aadObjectId).toBe(operator.aadObjectId);
  });
});
