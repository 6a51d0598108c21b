import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { SECOND_OPERATOR_UPN } from '../../../src/simulator/scenarios/well-known.ts';
import { type Actor, CAST, IN_THE_UNIT } from './cast.ts';
import { Stage, saidTo } from './stage.ts';

const { operator: megan, removed: lee } = CAST;
const stage = new Stage();
beforeAll(async () => {
  await stage.start({ SECOND_APPROVER_ABOVE_USERS: '2' });
  await stage.holdWrites();
});
afterAll(() => stage.stop());

const press = (who: Actor, verb: string, data: object) => stage.press(who, 'channel', verb, data);
const kindsOf = async (incidentId: string) =>
  (await stage.store.decisions.byIncident(incidentId)).map(({ kind }) => kind);
const requestOf = async (incidentId: string) =>
  (await stage.store.incidents.byId(incidentId))?.request?.id ?? '';
const two = IN_THE_UNIT.join(',');

describe('two operators in the same second', () => {
  it.each<[string, object]>([
    ['approve', { approveWhy: 'leaver' }],
    ['reassign', { who: 'chosen', users: two }],
    ['reassign', { who: 'all' }],
  ])('%s once: %o', async (verb, data) => {
    const { id } = await stage.incident();
    await Promise.all([megan, lee].map((who) => press(who, verb, { incidentId: id, ...data })));
    expect(await kindsOf(id)).toHaveLength(1);
  });

  it('snooze one after the other: the log has both, and the later one stands', async () => {
    const { id } = await stage.incident();
    const snoozes = ['1d', '7d'].map((length) => ({ incidentId: id, length, snoozeReason: 'Migration' }));
    await Promise.all([press(megan, 'snooze', snoozes[0] ?? {}), press(lee, 'snooze', snoozes[1] ?? {})]);
    const decisions = await stage.store.decisions.byIncident(id);
    const incident = await stage.store.incidents.byId(id);
    expect(incident?.revision).toBe(decisions.length + 1);
    expect(decisions.map(({ until }) => until)).toContain(incident?.snoozedUntil);
  });

  it('decide either way, and one of both stands', async () => {
    const { id } = await stage.incident();
    await Promise.all([
      press(megan, 'reassign', { incidentId: id, who: 'chosen', users: two }),
      press(lee, 'approve', { incidentId: id, approveWhy: 'leaver' }),
    ]);
    const [kind, ...others] = await kindsOf(id);
    expect(others).toEqual([]);
    const steps = await stage.store.decisions.steps(id);
    expect(steps.length > 0).toBe(kind === 'reassign');
  });

  it('confirm and take back a request, and one of both stands', async () => {
    const { id } = await stage.incident();
    await press(megan, 'reassign', { incidentId: id, who: 'all' });
    const data = { incidentId: id, requestId: await requestOf(id) };
    await Promise.all([press(lee, 'confirm', data), press(megan, 'decline', data)]);
    const kinds = await kindsOf(id);
    expect([
      ['request', 'confirm', 'reassign'],
      ['request', 'withdraw'],
    ]).toContainEqual(kinds);
    expect((await stage.store.decisions.steps(id)).length > 0).toBe(kinds.includes('confirm'));
  });

  it('confirm the same request, and it is carried out once', async () => {
    const { id } = await stage.incident();
    await press(megan, 'reassign', { incidentId: id, who: 'all' });
    const data = { incidentId: id, requestId: await requestOf(id) };
    await Promise.all([press(lee, 'confirm', data), press(CAST.owner, 'confirm', data)]);
    expect(await kindsOf(id)).toEqual(['request', 'confirm', 'reassign']);
    expect(await stage.store.decisions.steps(id)).toHaveLength(5);
  });
});

describe('a request for a second operator', () => {
  it('is neither confirmed by who asked, however they are written, nor before it was asked for', async () => {
    const { id } = await stage.incident();
    await press(lee, 'confirm', { incidentId: id, requestId: 'not-asked-yet' });
    expect(await kindsOf(id)).toEqual([]);
    await press(megan, 'reassign', { incidentId: id, who: 'all' });
    const data = { incidentId: id, requestId: await requestOf(id) };
    const capitals = { ...megan, name: 'Somebody Else', aadObjectId: megan.aadObjectId.toUpperCase() };
    for (const who of [megan, capitals]) {
      expect(saidTo(await press(who, 'confirm', data))).toContain('a second operator has to confirm it');
    }
    expect(await kindsOf(id)).toEqual(['request']);
    expect(await stage.store.decisions.steps(id)).toEqual([]);
    await press(megan, 'decline', data);
    expect(await kindsOf(id)).toEqual(['request', 'withdraw']);
  });

  it('holds up any other decision, by its asker too, until it is answered', async () => {
    const { id } = await stage.incident();
    await press(megan, 'reassign', { incidentId: id, who: 'all' });
    const requestId = await requestOf(id);
    for (const who of [megan, lee]) {
      await press(who, 'reassign', { incidentId: id, who: 'chosen', users: two });
    }
    expect(await kindsOf(id)).toEqual(['request']);
    await press(lee, 'approve', { incidentId: id, approveWhy: 'leaver' });
    await press(lee, 'snooze', { incidentId: id, length: '1d', snoozeReason: 'x' });
    expect(await kindsOf(id)).toEqual(['request']);
    expect(await stage.store.decisions.steps(id)).toEqual([]);
    await press(lee, 'decline', { incidentId: id, requestId });
    await press(lee, 'approve', { incidentId: id, approveWhy: 'leaver' });
    expect(await kindsOf(id)).toEqual(['request', 'decline', 'approve']);
  });

  it('is void after a day', async () => {
    const { id } = await stage.incident();
    await press(megan, 'reassign', { incidentId: id, who: 'all' });
    const requestId = await requestOf(id);
    stage.advance(DAY_MS);
    await press(lee, 'confirm', { incidentId: id, requestId });
    await vi.waitUntil(async () => (await kindsOf(id)).includes('expire'), { timeout: 5_000 });
    expect(await kindsOf(id)).toEqual(['request', 'expire']);
  });
});

describe('clicks replayed and out of order', () => {
  it('change nothing the second time', async () => {
    const { id } = await stage.incident();
    for (let click = 0; click < 3; click++) {
      await press(megan, 'reassign', { incidentId: id, who: 'chosen', users: two });
      await press(megan, 'approve', { incidentId: id, approveWhy: 'leaver' });
    }
    expect(await kindsOf(id)).toEqual(['reassign']);
    expect(await stage.store.decisions.steps(id)).toHaveLength(2);
  });

  it('decide nothing after an approval', async () => {
    const { id } = await stage.incident();
    await press(megan, 'approve', { incidentId: id, approveWhy: 'leaver' });
    for (const verb of ['approve', 'snooze', 'wake']) {
      await press(lee, verb, {
        incidentId: id,
        who: 'all',
        approveWhy: 'moved',
        length: '1d',
        snoozeReason: 'x',
      });
    }
    expect(await kindsOf(id)).toEqual(['approve']);
    expect(await stage.store.decisions.steps(id)).toEqual([]);
  });

  it('give back what was approved, and the log says that the approval was taken back', async () => {
    const { id } = await stage.incident();
    await press(megan, 'approve', { incidentId: id, approveWhy: 'leaver' });
    await press(megan, 'reassign', { incidentId: id, who: 'chosen', users: two });
    expect(await kindsOf(id)).toEqual(['approve', 'reopen', 'reassign']);
    expect(await stage.store.decisions.steps(id)).toHaveLength(2);
  });

  it('reopen once', async () => {
    const { id } = await stage.incident();
    await press(megan, 'approve', { incidentId: id, approveWhy: 'leaver' });
    for (const who of [megan, lee])
      await press(who, 'reopen', { incidentId: id, reopenReason: 'No leavers' });
    expect(await kindsOf(id)).toEqual(['approve', 'reopen']);
  });

  it('end a snooze once', async () => {
    const { id } = await stage.incident();
    await press(megan, 'wake', { incidentId: id });
    await press(megan, 'snooze', { incidentId: id, length: '1d', snoozeReason: 'Migration' });
    await press(megan, 'wake', { incidentId: id });
    await press(lee, 'wake', { incidentId: id });
    expect(await kindsOf(id)).toEqual(['snooze', 'wake']);
  });
});

describe('an operator who is removed', () => {
  it('is refused after a minute at most', async () => {
    const first = await stage.incident();
    await press(lee, 'snooze', { incidentId: first.id, length: '1d', snoozeReason: 'Before' });
    expect(await kindsOf(first.id)).toEqual(['snooze']);
    stage.bot.simulator.tenant.act({
      kind: 'remove-member',
      group: 'License Watch operators',
      users: [SECOND_OPERATOR_UPN],
    });
    stage.advance(MINUTE_MS);
    const second = await stage.incident();
    const told = saidTo(
      await press(lee, 'snooze', { incidentId: second.id, length: '1d', snoozeReason: 'After' }),
    );
    expect(told).toContain('Only operators can');
    expect(await kindsOf(second.id)).toEqual([]);
  });

  it('decides nothing, as nobody does, while the directory cannot say who is who', async () => {
    stage.bot.simulator.tenant.fault({ path: '/v1.0/', effect: { kind: 'status', status: 403 } });
    stage.advance(MINUTE_MS);
    const { id } = await stage.incident();
    const told = saidTo(await press(megan, 'approve', { incidentId: id, approveWhy: 'leaver' }));
    stage.bot.simulator.tenant.clearFaults();
    expect(told).toContain('I cannot read your role from Microsoft 365 right now');
    expect(await kindsOf(id)).toEqual([]);
  });
});
