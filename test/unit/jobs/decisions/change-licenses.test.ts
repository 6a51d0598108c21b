import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../../../src/domain/access/access.ts';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import type { LicenseRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { changeLicenses } from '../../../../src/jobs/decisions/change-licenses.ts';
import { outcomeOf } from '../../../../src/jobs/decisions/request-outcome.ts';
import type { Started } from '../../../../src/jobs/decisions/started.ts';
import { attributeDue } from '../../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR, operatorOf } from '../../../builders/jobs/morning.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { formerDigest } from '../../../builders/restore/former-digest.ts';
import { restore } from '../../../builders/restore/restore.ts';

const never = new AbortController().signal;
const E3 = aSkuState().skuId;

let world: JobWorld;
beforeEach(() => start());
afterEach(() => world.store.close());

async function start(over: Partial<JobWorld['context']['settings']> = {}): Promise<void> {
  world = await aJobWorld(over);
  world.tenant.put(
    aUserState({ id: 'lee', displayName: 'Lee Gu' }),
    aUserState({ id: 'adele', displayName: 'Adele Vance', assignments: [anAssignment()] }),
  );
  world.tenant.state = { skus: [aSkuState({ enabled: 20 })], subscriptions: [], groups: [] };
  await scan(world.context, { kind: 'full' }, never);
}

/** The plan as a card would have shown it a moment ago. */
async function planOf(request: LicenseRequest) {
  const { users, decisions } = world.store;
  const facts = requestFacts({
    users: await users.byIds(request.userIds),
    tenant: await users.tenant(),
    openSteps: await decisions.openSteps(),
    now: world.clock.now(),
  });
  return planOnRequest(request, facts);
}
const shown = async (request: LicenseRequest) => (await planOf(request)).view.digest;
const press = async (request: LicenseRequest, access: Access = OPERATOR, digest?: string) =>
  changeLicenses(world.context, request, digest ?? (await shown(request)), MEGAN, access);
const idOf = (started: Started) => (started.kind === 'started' ? started.decisionId : '');
const held = (userId: string) =>
  (world.tenant.people.get(userId)?.assignments ?? []).map(({ skuId }) => skuId);
const GIVE: LicenseRequest = { kind: 'assign', userIds: ['lee'], skuIds: [E3] };
const TAKE: LicenseRequest = { kind: 'remove', userIds: ['adele'], skuIds: [E3] };

describe('licenses given and taken on request', () => {
  it.each([
    [GIVE, 'lee', [E3], 'Lee Gu has Microsoft 365 E3 now.'],
    [TAKE, 'adele', [], 'Microsoft 365 E3 was taken from Adele Vance.'],
  ])(
    'stores who decided before anything is written, then carries it out: $kind',
    async (request, who, then, sentence) => {
      const started = await press(request);
      expect(world.tenant.written).toEqual([]);
      expect(await world.store.decisions.recent(1)).toMatchObject([
        { kind: request.kind, by: MEGAN, incidentId: null, userIds: [who] },
      ]);
      await restore(world.context, never);
      expect(held(who)).toEqual(then);
      expect((await outcomeOf(world.context, idOf(started), 1_000)).sentence).toBe(sentence);
    },
  );

  it('alerts nobody of what we did ourselves', async () => {
    await press(TAKE);
    await restore(world.context, never);
    await scan(world.context, { kind: 'full' }, never);
    world.clock.advance(HOUR_MS);
    await attributeDue(world.context);
    expect(await world.store.incidents.open()).toEqual([]);
    const [change] = await world.store.changes.find({ userIds: ['adele'] });
    expect(change?.verdict).toMatchObject({ cause: 'license-watch' });
  });

  it('says what Microsoft refused, and what is still under way', async () => {
    world.tenant.outcomes = [{ ok: false, retryable: false, code: 'no-seats', message: 'No seat is free.' }];
    const started = await press(GIVE);
    const told = () => outcomeOf(world.context, idOf(started), 0);
    expect((await told()).sentence).toMatch(/^Under way for Lee Gu/);
    await restore(world.context, never);
    expect(await told()).toEqual({
      sentence: 'Not done for Lee Gu: No seat is free.',
      deadlines: [],
      undo: null,
    });
  });

  it('does nothing twice: a second press finds another plan', async () => {
    const digest = await shown(GIVE);
    await press(GIVE, OPERATOR, digest);
    expect(await press(GIVE, OPERATOR, digest)).toMatchObject({ kind: 'refused' });
    await restore(world.context, never);
    expect(await press(GIVE, OPERATOR, digest)).toMatchObject({ kind: 'refused' });
    expect(world.tenant.written).toHaveLength(1);
  });

  it.each([GIVE, TAKE])(
    'shows the plan again to who presses a card of before the upgrade: $kind',
    async (request) => {
      const { steps, view } = await planOf(request);
      const again = await press(request, OPERATOR, formerDigest(steps));
      expect(again).toMatchObject({
        kind: 'shown-again',
        notice: expect.stringMatching(/Nothing was done yet.* press again/),
        plan: { view },
        second: 'not-needed',
      });
      expect(await world.store.decisions.recent(1)).toEqual([]);
      expect(await press(request, OPERATOR, view.digest)).toMatchObject({ kind: 'started' });
      // What was done since is not offered again.
      expect(await press(request, OPERATOR, formerDigest(steps))).toMatchObject({ kind: 'refused' });
    },
  );

  it('refuses users outside the units, and many where a second operator is needed', async () => {
    expect(await press(GIVE, operatorOf('adele'))).toMatchObject({ kind: 'refused' });
    await world.store.close();
    await start({ secondApproverAbove: 0 });
    expect(await press(GIVE)).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/second operator/),
    });
    expect(await world.store.decisions.recent(1)).toEqual([]);
  });
});
