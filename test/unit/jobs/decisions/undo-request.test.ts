import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { outcomeOf } from '../../../../src/jobs/decisions/request-outcome.ts';
import type { Started } from '../../../../src/jobs/decisions/started.ts';
import { undoRequest } from '../../../../src/jobs/decisions/undo-request.ts';
import { attributeDue } from '../../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const E3 = aSkuState().skuId;
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const GIVE: LicenseRequest = { kind: 'assign', userIds: ['lee', 'joni'], skuIds: [E3] };
const TAKE: LicenseRequest = { kind: 'remove', userIds: ['adele'], skuIds: [E3] };

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    aUserState({ id: 'lee', displayName: 'Lee Gu' }),
    aUserState({ id: 'joni', displayName: 'Joni Sherman' }),
    aUserState({
      id: 'adele',
      displayName: 'Adele Vance',
      assignments: [anAssignment({ disabledPlans: [SWAY] })],
    }),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 20 })], subscriptions: [], groups: [] };
  await scan(world.context, { kind: 'full' }, never);
});
afterEach(() => world.store.close());

const idOf = (started: Started): string => {
  if (started.kind === 'started') return started.decisionId;
  return started.kind === 'refused' ? started.reason : started.kind;
};
const direct = (userId: string) =>
  (world.tenant.people.get(userId)?.assignments ?? []).map(({ skuId, disabledPlans }) => [
    skuId,
    disabledPlans,
  ]);

/** Somebody asks and presses; nothing is carried out yet. */
async function changed(request: LicenseRequest): Promise<string> {
  const facts = requestFacts({
    users: await world.store.users.byIds(request.userIds),
    tenant: await world.store.users.tenant(),
    openSteps: [],
    now: world.clock.now(),
  });
  const { digest } = planOnRequest(request, facts).view;
  return idOf(await changeLicenses(world.context, request, digest, MEGAN, OPERATOR));
}
async function changedAndDone(request: LicenseRequest): Promise<string> {
  const decisionId = await changed(request);
  await restore(world.context, never);
  return decisionId;
}
const undo = (decisionId: string, access: Access = OPERATOR) =>
  undoRequest(world.context, decisionId, LEE, access);

describe('undoing a change of licenses', () => {
  it('takes given licenses from everybody again, once stored as the decision of whoever pressed', async () => {
    const decisionId = await changedAndDone(GIVE);
    const undone = idOf(await undo(decisionId));
    expect(await world.store.decisions.byIds([undone])).toMatchObject([
      { kind: 'undo', about: decisionId, incidentId: null, by: LEE, userIds: ['lee', 'joni'] },
    ]);
    await restore(world.context, never);
    expect([direct('lee'), direct('joni')]).toEqual([[], []]);
    expect(await outcomeOf(world.context, undone, 0)).toEqual({
      sentence: 'Microsoft 365 E3 was taken from 2 users again.',
      deadlines: [],
      undo: null,
    });
  });

  it('gives a taken license back with the same services switched off', async () => {
    const decisionId = await changedAndDone(TAKE);
    expect(direct('adele')).toEqual([]);
    const undone = idOf(await undo(decisionId));
    await restore(world.context, never);
    expect(direct('adele')).toEqual([[E3, [SWAY]]]);
    expect((await outcomeOf(world.context, undone, 0)).sentence).toBe(
      'Adele Vance has Microsoft 365 E3 again.',
    );
  });

  it('is offered for a day with what it does, and a removal with what goes when', async () => {
    const before = world.clock.now();
    const decisionId = await changedAndDone(TAKE);
    await scan(world.context, { kind: 'full' }, never);
    const { undo: offer, deadlines } = await outcomeOf(world.context, decisionId, 0);
    expect(offer).toEqual({
      decisionId,
      until: before + DAY_MS,
      sentence: 'Undo gives Microsoft 365 E3 back to Adele Vance, with the same services as before',
    });
    expect(deadlines.map(({ what }) => what)).toEqual([
      'The mailbox of Adele Vance is deleted, unless it is on hold',
      'The OneDrive of Adele Vance becomes read-only',
      'The OneDrive of Adele Vance is archived and can’t be opened',
    ]);
    expect(deadlines[0]?.at).toBe(before + 30 * DAY_MS);
  });

  it('writes once, however often and however many at once press', async () => {
    const decisionId = await changedAndDone(GIVE);
    const writes = world.tenant.written.length;
    const pressed = await Promise.all([undo(decisionId), undo(decisionId), undo(decisionId)]);
    expect(pressed.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    await restore(world.context, never);
    expect(world.tenant.written).toHaveLength(writes + 2);
    expect(await undo(decisionId)).toEqual({ kind: 'refused', reason: 'This was undone already.' });
    expect((await world.store.decisions.recent(10)).filter(({ kind }) => kind === 'undo')).toHaveLength(1);
  });

  it('can be pressed again for whom it could not help, and for nobody else', async () => {
    const decisionId = await changedAndDone(GIVE);
    await undo(decisionId);
    world.tenant.outcomes = [null, { ok: false, retryable: false, code: 'forbidden', message: 'Not now.' }];
    await restore(world.context, never);
    const writes = world.tenant.written.length;
    expect(await undo(decisionId)).toMatchObject({ kind: 'started' });
    await restore(world.context, never);
    expect(world.tenant.written).toHaveLength(writes + 1);
    expect([direct('lee'), direct('joni')]).toEqual([[], []]);
  });

  it('waits until the change is done, and is refused after a day', async () => {
    const decisionId = await changed(GIVE);
    expect(await undo(decisionId)).toMatchObject({
      reason: expect.stringMatching(/still being carried out/),
    });
    await restore(world.context, never);
    world.clock.advance(DAY_MS + 1);
    expect(await undo(decisionId)).toMatchObject({ reason: expect.stringMatching(/24 hours/) });
  });

  it('is refused where one user is outside the units, and where a second operator is needed', async () => {
    const decisionId = await changedAndDone(GIVE);
    expect(await undo(decisionId, operatorOf('lee'))).toMatchObject({
      reason: expect.stringMatching(/1 user outside/),
    });
    world.context.settings.secondApproverAbove = 1;
    expect(await undo(decisionId)).toMatchObject({ reason: expect.stringMatching(/second operator/) });
    expect([direct('lee').length, direct('joni').length]).toEqual([1, 1]);
  });

  it('takes back nothing that was in place already', async () => {
    const decisionId = await changed({ ...GIVE, userIds: ['lee'] });
    world.tenant.put(aUserState({ id: 'lee', displayName: 'Lee Gu', assignments: [anAssignment()] }));
    await world.store.decisions.noteSteps(
      [{ decisionId, stepNo: 1, status: 'already', code: null, message: null }],
      world.clock.now(),
    );
    expect(await undo(decisionId)).toEqual({ kind: 'refused', reason: 'There is nothing to take back.' });
    expect((await outcomeOf(world.context, decisionId, 0)).undo).toBeNull();
  });

  it('knows no other decisions: neither those of an incident, nor an undo, nor a made-up one', async () => {
    const undone = idOf(await undo(await changedAndDone(GIVE)));
    await restore(world.context, never);
    await world.store.decisions.append(aDecision({ id: 'of-an-incident', at: world.clock.now() }));
    await world.store.decisions.append(aDecision({ id: 'a-snooze', kind: 'snooze', incidentId: null }));
    for (const id of [undone, 'of-an-incident', 'a-snooze', 'made-up']) {
      expect(await undo(id)).toMatchObject({ reason: expect.stringMatching(/do not know/) });
    }
  });

  it('alerts nobody of it', async () => {
    const decisionId = await changedAndDone(GIVE);
    await scan(world.context, { kind: 'full' }, never);
    await undo(decisionId);
    await restore(world.context, never);
    await scan(world.context, { kind: 'full' }, never);
    world.clock.advance(HOUR_MS);
    await attributeDue(world.context);
    expect(await world.store.incidents.open()).toEqual([]);
    const changes = await world.store.changes.find({ userIds: ['lee'] });
    expect(changes.map(({ verdict }) => verdict?.cause)).toEqual(['license-watch', 'license-watch']);
  });
});
