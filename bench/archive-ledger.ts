import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/domain/durations.ts';
import type { LicenseChange } from '../src/domain/license/change.ts';
import { DIRECT, type UserState } from '../src/domain/license/user-state.ts';
import type { ScanRecord, ScanSession, Store } from '../src/domain/ports.ts';
import { archived } from '../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../src/microsoft365/bodies/audit/activity-record.ts';
import { activityRecord, type RecordPerson } from './activity-records.ts';
import { idFor } from './record-mix.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const EARLIER_SCANS = 40;
const CHANGES_OF_A_SCAN = 500;

/** Reads a tenant in which everybody holds one license, then lets people lose it over some weeks, explained. */
export async function writeLedger(store: Store, people: readonly RecordPerson[], now: number): Promise<void> {
  const first = await store.scans.begin('scan-first');
  await first.stage(people.map((person) => stateOf(person, true)));
  await commit(first, 'scan-first', [], now - 60 * DAY_MS);
  for (let scan = 0; scan < EARLIER_SCANS; scan++) {
    const at = now - (EARLIER_SCANS - scan) * DAY_MS;
    const id = `scan-${scan}`;
    const losers = people.slice(scan * CHANGES_OF_A_SCAN, (scan + 1) * CHANGES_OF_A_SCAN);
    const changes = losers.map((person) => lossOf(person, id, at));
    const session = await store.scans.begin(id);
    await commit(session, id, changes, at);
    await store.incidents.commit({
      incidents: [],
      outbox: [],
      settled: changes.map((change) => change.id),
      verdicts: changes.map((change, index) => ({ changeId: change.id, at, verdict: verdictOn(index, at) })),
    });
  }
}

/** One administrator takes the license of all these people within one read; returns how many changes wait. */
export async function writeIncident(
  store: Store,
  losers: readonly RecordPerson[],
  admin: RecordPerson,
  now: number,
): Promise<number> {
  const at = now - HOUR_MS;
  const records = losers.flatMap((target, index) =>
    (['license', 'update-user'] as const).map((kind) =>
      archived(
        activityRecord(kind, {
          id: idFor(`incident ${kind} ${index}`),
          time: new Date(at - 300_000 + index * 20).toISOString().slice(0, 19),
          actor: admin,
          target,
          group: { id: idFor('group 0'), name: 'group-0' },
          correlationId: idFor(`incident ${index}`),
        }),
        'activity',
        normaliseActivityRecord,
        at,
      ),
    ),
  );
  await store.audit.append(records, at);
  const session = await store.scans.begin('scan-incident');
  await session.stage(losers.map((person) => stateOf(person, false)));
  const changes = losers.map((person) => lossOf(person, 'scan-incident', at));
  await commit(session, 'scan-incident', changes, at);
  return changes.length;
}

async function commit(session: ScanSession, id: string, changes: LicenseChange[], at: number): Promise<void> {
  const record: ScanRecord = {
    id,
    kind: 'full',
    startedAt: at,
    finishedAt: at,
    outcome: 'complete',
    reasonCode: null,
    reason: null,
    usersRead: 0,
    changes: changes.length,
  };
  const settle = changes.map((change) => ({ changeId: change.id, dueAt: at }));
  await session.commit({ record, changes, settle, tenant: TENANT, deltaLink: null });
}

const TENANT = {
  skus: [
    {
      skuId: E3,
      partNumber: 'SPE_E3',
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumed: 50_000,
      enabled: MINUTE_MS,
      warning: 0,
      suspended: 0,
      lockedOut: 0,
      planIds: [],
      subscriptionIds: [],
    },
  ],
  subscriptions: [],
  groups: [],
};

const assignment = { skuId: E3, path: DIRECT, state: 'Active' as const, error: null, disabledPlans: [] };

const stateOf = ({ id, upn }: RecordPerson, licensed: boolean): UserState => ({
  id,
  displayName: upn.split('@')[0] ?? upn,
  givenName: null,
  surname: null,
  userPrincipalName: upn,
  mail: upn,
  accountEnabled: true,
  userType: 'Member',
  usageLocation: 'NL',
  department: null,
  onPremisesSyncEnabled: null,
  assignments: licensed ? [assignment] : [],
});

const lossOf = ({ id, upn }: RecordPerson, scanId: string, at: number): LicenseChange => ({
  id: `${scanId}-${id}`,
  scanId,
  kind: 'lost',
  userId: id,
  skuId: E3,
  newSkuId: null,
  path: DIRECT,
  before: [assignment],
  after: [],
  user: {
    displayName: upn.split('@')[0] ?? upn,
    userPrincipalName: upn,
    usageLocationBefore: 'NL',
    usageLocationAfter: 'NL',
    onPremisesSyncEnabled: null,
    accountEnabled: true,
  },
  skuBefore: null,
  skuAfter: null,
  observedBefore: at - 15 * MINUTE_MS,
  observedAfter: at,
});

function verdictOn(index: number, at: number) {
  const id = idFor(`verdict ${index}`);
  return {
    level: 'proved' as const,
    cause: 'admin-action' as const,
    actor: { kind: 'user' as const, id: idFor('person 1'), name: 'person1@fabrikam.example' },
    chain: [{ at, what: 'person1 removed Microsoft 365 E3.', evidence: [id] }],
    evidence: [id],
    groupId: null,
    advisories: [],
  };
}
