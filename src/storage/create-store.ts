import { sql } from 'kysely';
import type { Store } from '../domain/ports.ts';
import { createArchiveStore } from './archive/archive-store.ts';
import { createChain } from './archive/chain.ts';
import { createHoldStore } from './archive/hold-store.ts';
import { archiveKey } from './archive/link.ts';
import { createAuditStore } from './audit/audit-store.ts';
import { createForwardStore } from './audit/forward-store.ts';
import { indexRecords, type SearchIndex } from './audit/search-index.ts';
import { createSearchStore } from './audit/search-store.ts';
import { bringForward } from './database/ahead-of-time.ts';
import type { DatabaseKind, Queries } from './database/connection.ts';
import type { Fence } from './database/fence.ts';
import { createWriteProbe } from './database/write-probe.ts';
import type { WriteRows } from './database/write-rows.ts';
import { createAlertStore } from './delivery/alert-store.ts';
import { createDigestStore } from './delivery/digest-store.ts';
import { createEscalationStore } from './delivery/escalation-store.ts';
import { createOutboxStore } from './delivery/outbox-store.ts';
import { createRoutesStore } from './delivery/routes-store.ts';
import { createAskedChangeStore } from './incidents/asked-change-store.ts';
import { createChangeStore } from './incidents/change-store.ts';
import { createDecisionStore } from './incidents/decision-store.ts';
import { createIncidentStore } from './incidents/incident-store.ts';
import { createSettingStore } from './incidents/setting-store.ts';
import { createSuppressionStore } from './incidents/suppression-store.ts';
import { createConversationStore } from './operations/conversation-store.ts';
import { createDoctorStore } from './operations/doctor-store.ts';
import { createJobStore } from './operations/job-store.ts';
import { createKnownAccessStore } from './operations/known-access-store.ts';
import { createLeaseStore } from './operations/lease-store.ts';
import { createNotificationStore } from './operations/notification-store.ts';
import { createSentenceStore } from './operations/sentence-store.ts';
import { createUpkeepStore } from './operations/upkeep-store.ts';
import { createPeopleStore } from './people/people-store.ts';
import type { OpenStaging } from './scans/scan-staging.ts';
import { createScanStore } from './scans/scan-store.ts';
import { createOwnAccessStore } from './security/own-access-store.ts';
import { createSecurityStore } from './security/security-store.ts';
import { createLicenseDatesStore } from './users/license-dates-store.ts';
import { createSignInStore } from './users/sign-in-store.ts';
import { createUsageStore } from './users/usage-store.ts';
import { createUserStore } from './users/user-store.ts';

/** A database that has been opened and migrated. */
export type OpenDatabase = {
  db: Queries;
  kind: DatabaseKind;
  openStaging: OpenStaging;
  fence: Fence;
  /** Of SQLite alone. */
  writeRows?: WriteRows | undefined;
};

/** What a store is given besides its database. */
export type StoreSettings = {
  /** What the archive is sealed with: the present key first, then former ones that are only checked with. */
  archiveKeys?: readonly string[];
};

/** The store over an open database; `close` closes the database. */
export function createStore(
  { db, kind, openStaging, fence, writeRows }: OpenDatabase,
  { archiveKeys = [] }: StoreSettings = {},
): Store {
  const keys = archiveKeys.map(archiveKey);
  const chain = createChain(kind, keys[0] ?? null);
  const holds = createHoldStore(db);
  const index: SearchIndex = (transaction, records) => indexRecords(transaction, writeRows, records);
  return {
    scans: createScanStore(db, kind, openStaging),
    users: createUserStore(db, kind),
    changes: createChangeStore(db, kind),
    audit: createAuditStore({ db, kind, writeRows }, { chain, holds, index }),
    forwarding: createForwardStore(db),
    search: createSearchStore(db, kind, writeRows),
    holds,
    people: createPeopleStore(db, kind, chain, holds),
    archive: createArchiveStore(db, chain, keys),
    incidents: createIncidentStore(db, kind),
    outbox: createOutboxStore(db),
    alerts: createAlertStore(db, kind),
    decisions: createDecisionStore(db, kind),
    askedChanges: createAskedChangeStore(db, kind),
    suppression: createSuppressionStore(db),
    signIns: createSignInStore(db, kind),
    licenseDates: createLicenseDatesStore(db, kind),
    usage: createUsageStore(db, kind),
    conversations: createConversationStore(db),
    leases: createLeaseStore(db, kind, fence),
    jobs: createJobStore(db),
    knownAccess: createKnownAccessStore(db),
    sentences: createSentenceStore(db),
    upkeep: createUpkeepStore(db),
    notifications: createNotificationStore(db, kind),
    security: createSecurityStore(db, kind),
    ownAccess: createOwnAccessStore(db),
    digest: createDigestStore(db, kind),
    escalations: createEscalationStore(db),
    routes: createRoutesStore(db),
    doctor: createDoctorStore(db),
    settings: createSettingStore(db),
    bringForward: (now, longest) => bringForward(db, now, longest),
    async ping() {
      await sql`select 1`.execute(db);
    },
    writeProblem: createWriteProbe(db),
    close: () => db.destroy(),
  };
}
