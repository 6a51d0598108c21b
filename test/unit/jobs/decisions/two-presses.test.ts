import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { SuppressionRequest } from '../../../../src/domain/incident/decision.ts';
import { planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { changeSuppression } from '../../../../src/jobs/decisions/change-suppression.ts';
import { moveAlerts } from '../../../../src/jobs/decisions/move-alerts.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { LEE, MEGAN, OPERATOR } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = aSkuState().skuId;

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(
    aUserState({ id: 'lee', displayName: 'Lee Gu' }),
    aUserState({ id: 'adele', displayName: 'Adele Vance', assignments: [anAssignment()] }),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 20 })], subscriptions: [], groups: [] };
  await scan(world.context, { kind: 'full' }, new AbortController().signal);
});
afterEach(() => world.store.close());

const stored = () => world.store.decisions.recent(10);

async function digestOf(request: { kind: 'assign' | 'remove'; userIds: string[]; skuIds: string[] }) {
  const { users, decisions } = world.store;
  return planOnRequest(
    request,
    requestFacts({
      users: await users.byIds(request.userIds),
      tenant: await users.tenant(),
      openSteps: await decisions.openSteps(),
      now: world.clock.now(),
    }),
  ).view.digest;
}

describe('two presses at the same instant', () => {
  it.each([
    { kind: 'assign' as const, userIds: ['lee'], skuIds: [E3] },
    { kind: 'remove' as const, userIds: ['adele'], skuIds: [E3] },
  ])('of $kind store one decision and one step', async (request) => {
    const digest = await digestOf(request);
    const presses = [MEGAN, LEE, MEGAN].map((by) =>
      changeLicenses(world.context, request, digest, by, OPERATOR),
    );
    const outcomes = await Promise.all(presses);
    expect(outcomes.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
    expect(await world.store.decisions.openSteps()).toHaveLength(1);
  });

  it('of requests for different users store both', async () => {
    const give = { kind: 'assign' as const, userIds: ['lee'], skuIds: [E3] };
    const take = { kind: 'remove' as const, userIds: ['adele'], skuIds: [E3] };
    const digests = [await digestOf(give), await digestOf(take)] as const;
    const outcomes = await Promise.all([
      changeLicenses(world.context, give, digests[0], MEGAN, OPERATOR),
      changeLicenses(world.context, take, digests[1], LEE, OPERATOR),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['started', 'started']);
  });

  it.each<SuppressionRequest>([
    { kind: 'watch', subject: { kind: 'user', id: 'lee' } },
    { kind: 'snooze', subject: { kind: 'user', id: 'lee' }, until: 0, reason: 'known' },
  ])('of $kind store one decision', async (request) => {
    const asked = request.kind === 'snooze' ? { ...request, until: world.clock.now() + DAY_MS } : request;
    const outcomes = await Promise.all([
      changeSuppression(world.context, asked, MEGAN, OPERATOR),
      changeSuppression(world.context, asked, MEGAN, OPERATOR),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'refused']);
    expect(await stored()).toHaveLength(1);
  });

  it('of a move of the alerts store one decision', async () => {
    await world.store.conversations.upsert(aChannel());
    const { key } = aChannel();
    await world.store.conversations.upsert({ ...aChannel(), key: 'another' });
    const target = (await world.store.conversations.alertTarget())?.key === key ? 'another' : key;
    const moves = await Promise.all([
      moveAlerts(world.context, target, MEGAN),
      moveAlerts(world.context, target, MEGAN),
    ]);
    expect(moves.toSorted()).toEqual([false, true]);
    expect((await stored()).filter(({ kind }) => kind === 'set-channel')).toHaveLength(1);
  });
});

describe('the limit of a second approver', () => {
  it('counts the different users to whom one person wrote within the hour', async () => {
    await world.store.close();
    world = await aJobWorld({ secondApproverAbove: 1 });
    world.tenant.put(aUserState({ id: 'lee' }), aUserState({ id: 'adele', assignments: [anAssignment()] }));
    world.tenant.state = { skus: [aSkuState({ enabled: 20 })], subscriptions: [], groups: [] };
    await scan(world.context, { kind: 'full' }, new AbortController().signal);
    const give = { kind: 'assign' as const, userIds: ['lee'], skuIds: [E3] };
    const take = { kind: 'remove' as const, userIds: ['adele'], skuIds: [E3] };
    const press = async (request: typeof give | typeof take, by = MEGAN) =>
      (await changeLicenses(world.context, request, await digestOf(request), by, OPERATOR)).kind;
    expect(await press(give)).toBe('started');
    expect(await press(take)).not.toBe('started');
    expect(await press(take, LEE)).toBe('started');
  });
});
