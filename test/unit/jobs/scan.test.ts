import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { aLicensedGroup } from '../../builders/license/licensed-group.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { aSubscription } from '../../builders/license/subscription.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const E3 = anAssignment().skuId;
const BROKEN = { path: 'group-1', state: 'Error', error: 'CountViolation' } as const;
const never = new AbortController().signal;
const people = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aUserState({ id: `user-${String(index).padStart(3, '0')}`, assignments: [anAssignment()] }),
  );

let world: JobWorld;
const full = () => scan(world.context, { kind: 'full' }, never);
const delta = () => scan(world.context, { kind: 'delta' }, never);
const kinds = async () =>
  (await world.store.changes.find({})).map(({ change }) => `${change.kind} ${change.userId}`);

beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.put(...people(30));
  world.tenant.state = { skus: [aSkuState()], subscriptions: [], groups: [] };
});
afterEach(() => world.store.close());

describe('a scan', () => {
  it('takes the first complete read as it is, without changes', async () => {
    expect(await full()).toMatchObject({ outcome: 'complete', usersRead: 30, changes: 0 });
    expect(await world.store.users.count()).toEqual({ present: 30, licensed: 30 });
  });

  it.each([
    { name: 'a full read', read: full },
    { name: 'a fast one', read: delta },
  ])('notices a lost license by $name, once', async ({ read }) => {
    await full();
    world.tenant.strip('user-003');
    expect(await read()).toMatchObject({ outcome: 'complete', changes: 1 });
    expect(await read()).toMatchObject({ outcome: 'complete', changes: 0 });
    expect(await kinds()).toEqual(['lost user-003']);
  });

  it('reads everyone when the delta link is dead, and goes on with a new one', async () => {
    await full();
    world.tenant.strip('user-003');
    world.tenant.deltaExpired = true;
    expect(await delta()).toMatchObject({ kind: 'full', outcome: 'complete', changes: 1 });
    world.tenant.deltaExpired = false;
    expect(await delta()).toMatchObject({ kind: 'delta', changes: 0 });
  });

  it('changes nothing when a page is missing, and says why', async () => {
    await full();
    world.tenant.strip('user-000', 'user-001');
    world.tenant.failure = new TenantReadError('server-error', 'Graph answered 500.');
    expect(await full()).toMatchObject({ outcome: 'incomplete', reasonCode: 'server-error', changes: 0 });
    expect(await kinds()).toEqual([]);
    world.tenant.failure = null;
    expect(await full()).toMatchObject({ outcome: 'complete', changes: 2 });
  });

  describe('with a subscription that cannot be read', () => {
    const ODD = { id: 'SUB-1', why: 'The subscription SUB-1 has another form than Microsoft documents.' };
    const note = async () => (await world.store.jobs.last('left-out-subscriptions'))?.detail ?? null;

    it('is complete, warns once, and notes it until it can be read', async () => {
      world.tenant.leftOut = [ODD];
      expect(await full()).toMatchObject({ outcome: 'complete' });
      expect(await full()).toMatchObject({ outcome: 'complete' });
      expect(await note()).toBe(ODD.why);
      expect(world.warnings).toEqual(['odd rows were left out']);
      world.tenant.leftOut = [];
      await full();
      expect(await note()).toBeNull();
    });

    it('keeps what was known of it, so that it does not seem to have ended', async () => {
      const known = aSubscription({ id: 'sub-1' });
      world.tenant.state = { ...world.tenant.state, subscriptions: [known] };
      await full();
      world.tenant.state = { ...world.tenant.state, subscriptions: [] };
      world.tenant.leftOut = [ODD];
      await full();
      expect((await world.store.users.tenant()).subscriptions).toEqual([known]);
    });
  });

  it('counts a mistake of our own as a miss, too, and does not tell its text', async () => {
    await full();
    world.tenant.failure = new TypeError('cannot read secret of undefined');
    const record = await full();
    expect(record).toMatchObject({ outcome: 'incomplete', reasonCode: 'internal', changes: 0 });
    expect(record.reason).toMatch(
      /^The scan failed inside License Watch \(TypeError\)\. .* number id-\d+\.$/,
    );
    expect(world.warnings).toContain('scan failed: nothing was changed');
  });

  it('asks by id for a user whom the listing left out, before they count as gone', async () => {
    await full();
    world.tenant.unlisted.add('user-005');
    expect(await full()).toMatchObject({ outcome: 'complete', changes: 0 });
    world.tenant.remove('user-006');
    await full();
    expect(await kinds()).toEqual(['account-removed user-006']);
  });

  it('tells a restored account from a new one', async () => {
    const [gone] = people(1);
    await full();
    world.tenant.remove('user-000');
    await full();
    if (gone) world.tenant.put(gone);
    world.tenant.put(aUserState({ id: 'user-new', assignments: [anAssignment()] }));
    await full();
    expect((await kinds()).slice(0, 2).sort()).toEqual(['account-restored user-000', 'gained user-new']);
  });

  it('holds a mass loss until a second complete read says the same', async () => {
    await full();
    world.tenant.strip(...people(12).map((user) => user.id));
    expect(await full()).toMatchObject({ outcome: 'held', reasonCode: 'mass-loss' });
    expect(await kinds()).toEqual([]);
    expect(await full()).toMatchObject({ outcome: 'complete', changes: 12 });
  });

  it('asks no second read for what an undo of our own took', async () => {
    await full();
    const users = people(12).map((user) => user.id);
    world.tenant.strip(...users);
    const { store, clock } = world;
    await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [aDecision({ kind: 'undo' })],
      steps: users.map((userId, index) =>
        aRestoreStep({
          stepNo: index + 1,
          action: { kind: 'unassign', userId, skuIds: [E3] },
          userIds: [userId],
          status: 'done',
          updatedAt: clock.now(),
        }),
      ),
    });
    expect(await full()).toMatchObject({ outcome: 'complete', changes: 12 });
  });

  it('forgets a mass loss that the second read does not show', async () => {
    await full();
    world.tenant.strip(...people(12).map((user) => user.id));
    await full();
    world.tenant.put(...people(12));
    expect(await full()).toMatchObject({ outcome: 'complete', changes: 0 });
  });

  it('does not take a fast scan for the second read of a mass loss', async () => {
    await full();
    world.tenant.strip(...people(12).map((user) => user.id));
    await full();
    world.tenant.put(...people(12).map((user) => ({ ...user, assignments: [] })));
    expect(await delta()).toMatchObject({ outcome: 'held' });
  });

  it('tells what changed for the tenant', async () => {
    await full();
    world.tenant.state = {
      skus: [aSkuState({ capabilityStatus: 'Suspended' })],
      subscriptions: [],
      groups: [],
    };
    await delta();
    expect((await world.store.changes.find({})).map(({ change }) => [change.kind, change.skuId])).toEqual([
      ['subscription-changed', E3],
    ]);
  });

  it('places what only a full read shows between two full reads, and a loss after the last fast one', async () => {
    const { clock, store, tenant } = world;
    await full();
    const fullAt = clock.now();
    clock.advance(HOUR_MS);
    // Graph's delta does not follow the states of assignments: nothing hints at this user.
    tenant.assignQuietly(aUserState({ id: 'user-003', assignments: [anAssignment({ path: 'group-1' })] }));
    tenant.assignQuietly(
      aUserState({ id: 'user-004', assignments: [anAssignment(), anAssignment({ ...BROKEN, skuId: 'e5' })] }),
    );
    const record = anAuditEvent({
      id: 'hours-ago',
      at: clock.now(),
      actor: { kind: 'user', id: 'megan', name: 'megan@contoso.com' },
      operation: 'Add member to group',
      targets: [{ kind: 'user', id: 'user-003', name: null }],
      group: { id: 'group-1', name: 'LIC-E3' },
      licenses: null,
    });
    await store.audit.append([{ event: record, raw: '{}' }], clock.now());
    clock.advance(HOUR_MS);
    expect(await delta()).toMatchObject({ kind: 'delta', changes: 0 });
    const fastAt = clock.now();
    clock.advance(HOUR_MS);
    tenant.strip('user-005');
    expect(await full()).toMatchObject({ kind: 'full', changes: 3 });
    const seen = await store.changes.find({});
    const begins = (kind: string) => seen.find(({ change }) => change.kind === kind)?.change.observedBefore;
    expect(begins('path-changed')).toBe(fullAt);
    expect(begins('never-granted')).toBe(fullAt);
    expect(begins('lost')).toBe(fastAt);

    clock.advance(10 * MINUTE_MS);
    await attributeDue(world.context);
    const [moved] = await store.changes.find({ kinds: ['path-changed'] });
    expect(moved?.verdict).toMatchObject({
      level: 'proved',
      actor: { id: 'megan' },
      evidence: ['hours-ago'],
    });
    const [lost] = await store.changes.find({ kinds: ['lost'] });
    expect(lost?.verdict).toMatchObject({ level: 'unexplained', cause: 'unknown' });
  });

  it('runs one after another, because scans share their staging area', async () => {
    await full();
    world.tenant.strip('user-001');
    const records = await Promise.all([full(), delta(), full()]);
    expect(records.map((record) => record.outcome)).toEqual(['complete', 'complete', 'complete']);
    expect(records.reduce((sum, record) => sum + record.changes, 0)).toBe(1);
  });
});

describe('the groups that a scan knows', () => {
  const groups = async () => (await world.store.users.tenant()).groups.map(({ id }) => id);
  const E3_GROUP = aLicensedGroup({ id: 'lic-e3', assignedLicenses: [{ skuId: E3, disabledPlans: [] }] });

  it('are those that give licenses, and those that did, as long as they exist', async () => {
    world.tenant.state.groups = [E3_GROUP, aLicensedGroup({ id: 'never', assignedLicenses: [] })];
    await full();
    expect(await groups()).toEqual(['lic-e3']);
    world.tenant.state.groups = [{ ...E3_GROUP, assignedLicenses: [] }];
    await delta();
    expect(await groups()).toEqual(['lic-e3']);
    world.tenant.state.groups = [];
    await delta();
    expect(await groups()).toEqual([]);
  });
});
