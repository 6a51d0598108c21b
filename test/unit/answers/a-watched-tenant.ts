import type { AnswerStore } from '../../../src/answers/answer/deps.ts';
import { FIRST_PAGE } from '../../../src/answers/answer/paging.ts';
import { type AskDeps, createAskWithQuery } from '../../../src/answers/ask.ts';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import type { Verdict } from '../../../src/domain/attribution/verdict.ts';
import { afterAnswer } from '../../../src/domain/audit/auditing.ts';
import { LICENSE_FEED } from '../../../src/domain/audit/coverage-extent.ts';
import type { AuditSource } from '../../../src/domain/audit/event.ts';
import type { LicenseChange } from '../../../src/domain/license/change.ts';
import type { TenantState } from '../../../src/domain/license/sku.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import type { ScanRecord, Store } from '../../../src/domain/ports.ts';
import type { Query } from '../../../src/language/query.ts';
import { aScanRecord } from '../../builders/jobs/scan-record.ts';
import { aChange } from '../../builders/license/license-change.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { storesFilledBy } from '../../builders/storage/store-in-memory.ts';

export const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
export const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
export const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const TEAMS_PLAN = '57ff2da0-773e-42df-b2af-ffb7a2317929';
export const GROUP = 'e86bf57d-8491-5a85-947d-11c48517a431';
export const at = (time: string): number => Date.parse(`2026-11-${time}:00Z`);
export const NOW = at('23T10:30');

/** Rick has a plan switched off, Adele has E3 twice and Visio in error, Bo is a guest, two are called Chris. */
export const RICK = aUserState({
  id: 'rick',
  displayName: 'Rick van Oosterhout',
  givenName: 'Rick',
  assignments: [anAssignment({ skuId: STANDARD, disabledPlans: [TEAMS_PLAN] })],
});
export const ADELE = aUserState({
  id: 'adele',
  displayName: 'Adele Vance',
  assignments: [
    anAssignment({ skuId: E3 }),
    anAssignment({ skuId: E3, path: GROUP }),
    anAssignment({ skuId: VISIO, path: GROUP, state: 'Error', error: 'CountViolation' }),
  ],
});
const BO = aUserState({
  id: 'bo',
  displayName: 'Bo Guest',
  userType: 'Guest',
  assignments: [anAssignment({ skuId: VISIO })],
});
const INES = aUserState({ id: 'ines', displayName: 'Ines Duarte' });
const CHRISES = ['Green', 'Naidoo'].map((surname) =>
  aUserState({ id: `chris-${surname}`, displayName: `Chris ${surname}` }),
);
export const PEOPLE: readonly UserState[] = [RICK, ADELE, BO, INES, ...CHRISES];

export const TENANT: TenantState = {
  skus: [
    aSkuState({ skuId: E3, partNumber: 'SPE_E3', enabled: 10, consumed: 8 }),
    aSkuState({ skuId: STANDARD, partNumber: 'O365_BUSINESS_PREMIUM', enabled: 5, consumed: 5 }),
    aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 1, consumed: 2 }),
  ],
  subscriptions: [
    {
      id: 'subscription-1',
      commerceSubscriptionId: null,
      skuId: VISIO,
      partNumber: 'VISIOCLIENT',
      status: 'Enabled',
      totalLicenses: 1,
      isTrial: true,
      nextLifecycleAt: Date.parse('2026-12-05T00:00:00Z'),
      ownerTenantId: null,
    },
  ],
  groups: [
    {
      id: GROUP,
      displayName: 'LIC-M365-E3',
      membershipRule: null,
      dynamic: false,
      onPremisesSyncEnabled: null,
      mailEnabled: false,
      roleAssignable: false,
      assignedLicenses: [],
    },
  ],
};

let scans = 0;

/** Commits a complete scan that finds these people, with its changes. */
export async function scanned(
  store: Store,
  users: readonly UserState[],
  finishedAt: number,
  changes: readonly LicenseChange[] = [],
  tenant: TenantState = TENANT,
): Promise<ScanRecord> {
  const record = aScanRecord({
    id: `scan-${++scans}`,
    startedAt: finishedAt - 5_000,
    finishedAt,
    usersRead: users.length,
  });
  const session = await store.scans.begin(record.id);
  await session.stage(users);
  await session.stageGone(await session.unseen());
  await session.commit({ record, changes, settle: [], tenant, deltaLink: null });
  await store.audit.changeAuditing((before) => ({
    auditing: afterAnswer(before, { state: 'on', at: finishedAt, detail: null }),
    news: [],
  }));
  await store.jobs.started('collect', finishedAt);
  await store.jobs.finished('collect', finishedAt, true, null);
  return record;
}

/** Says that a log has told everything to this time, ms UTC, and from which on. */
export const completeTo = (
  store: Store,
  source: AuditSource,
  time: number,
  completeFrom: number | null = null,
): Promise<void> =>
  store.audit.saveWindows({ source, contentType: LICENSE_FEED[source] }, [], {
    source,
    completeTo: time,
    completeFrom,
  });

/** A tenant that was first read on the 20th; Rick lost Business Standard on the 23rd between 10:05 and 10:20. */
export const aWatchedTenant: () => Promise<Store> = storesFilledBy(async (store) => {
  await scanned(store, PEOPLE, at('20T08:00'));
  const unlicensed = { ...RICK, assignments: [] };
  await scanned(store, [unlicensed, ...PEOPLE.slice(1)], at('23T10:20'), [rickLost()]);
  await completeTo(store, 'directoryAudits', at('23T10:25'));
  await completeTo(store, 'activity', at('23T09:40'));
});

export const rickLost = (over: Partial<LicenseChange> = {}): LicenseChange =>
  aChange({
    id: 'change-1',
    userId: RICK.id,
    skuId: STANDARD,
    before: RICK.assignments,
    observedBefore: at('23T10:05'),
    observedAfter: at('23T10:20'),
    user: {
      displayName: RICK.displayName,
      userPrincipalName: RICK.userPrincipalName,
      usageLocationBefore: 'NL',
      usageLocationAfter: 'NL',
      onPremisesSyncEnabled: null,
      accountEnabled: true,
    },
    ...over,
  });

/** Records a verdict on a change. */
export const explain = (store: Store, verdict: Verdict, changeId = 'change-1'): Promise<boolean> =>
  store.incidents.commit({
    incidents: [],
    verdicts: [{ changeId, at: NOW, verdict }],
    settled: [],
    outbox: [],
  });

/** The answer and the query of a sentence. `page` counts from 1. */
export const ask = (store: Store, text: string, timeZone = 'UTC', sees: Scope = null, page = 1) =>
  asking(store, timeZone)(text, by(sees), { page: { ...FIRST_PAGE, number: page } });

/** Asks one sentence after the other of a large tenant, whose names are read once. */
export function asker(store: Store) {
  const answer = asking(store, 'UTC');
  return (text: string) => answer(text, by(null), { page: FIRST_PAGE });
}

/** The answer to a query, whatever sentence it was read from. */
export const askQuery = (store: Store, query: Query, sees: Scope = null) =>
  asking(store, 'UTC')('as before', by(sees), { page: FIRST_PAGE, query });

const by = (sees: Scope) => ({ userId: null, timeZone: null, sees, acts: sees });

/** As `ask`, where the certificate that reads the tenant ends then, ms UTC. */
export const askWithCertificate = (store: Store, text: string, endsAt: number | null) =>
  asking(store, 'UTC', { certificateEndsAt: async () => endsAt })(text, by(null), { page: FIRST_PAGE });

/** As `ask`, in a tenant with these administrative units, by name. */
export const askWithUnits = (
  store: Store,
  text: string,
  units: Record<string, string[]>,
  sees: Scope = null,
) =>
  asking(
    {
      ...store,
      units: {
        named: async (name: string) =>
          Object.keys(units)
            .filter((known) => known.toLowerCase() === name.toLowerCase())
            .map((known) => ({ id: known, name: known }))[0] ?? null,
        members: async (unitId: string) => new Set(units[unitId] ?? []),
      },
    },
    'UTC',
  )(text, by(sees), { page: FIRST_PAGE });

const asking = (
  store: Store & Pick<AnswerStore, 'units'>,
  timeZone: string,
  over: Pick<AskDeps, 'certificateEndsAt'> = {},
) =>
  createAskWithQuery({
    ...over,
    store,
    now: () => NOW,
    timeZone,
    incidentView: (id, viewer) => loadIncidentView(store, id, { now: NOW, ...viewer }),
  });
