import { sql } from 'kysely';
import type { Store } from '../domain/ports.ts';
import { bringForward } from './ahead-of-time.ts';
import { createAlertStore } from './alert-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createChangeStore } from './change-store.ts';
import type { DatabaseKind, Queries } from './connection.ts';
import { createConversationStore } from './conversation-store.ts';
import { createDecisionStore } from './decision-store.ts';
import type { Fence } from './fence.ts';
import { createIncidentStore } from './incident-store.ts';
import { createJobStore } from './job-store.ts';
import { createKnownAccessStore } from './known-access-store.ts';
import { createLeaseStore } from './lease-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import type { OpenStaging } from './scan-staging.ts';
import { createScanStore } from './scan-store.ts';
import { createSignInStore } from './sign-in-store.ts';
import { createStandingStore } from './standing-store.ts';
import { createUserStore } from './user-store.ts';
import { createWriteProbe } from './write-probe.ts';

/** A database that has been opened and migrated. */
export type OpenDatabase = { db: Queries; kind: DatabaseKind; openStaging: OpenStaging; fence: Fence };

/** The store over an open database; `close` closes the database. */
export function createStore({ db, kind, openStaging, fence }: OpenDatabase): Store {
  return {
    scans: createScanStore(db, kind, openStaging),
    users: createUserStore(db, kind),
    changes: createChangeStore(db, kind),
    audit: createAuditStore(db, kind),
    incidents: createIncidentStore(db, kind),
    outbox: createOutboxStore(db),
    alerts: createAlertStore(db, kind),
    decisions: createDecisionStore(db, kind),
    standing: createStandingStore(db),
    signIns: createSignInStore(db, kind),
    conversations: createConversationStore(db),
    leases: createLeaseStore(db, kind, fence),
    jobs: createJobStore(db),
    knownAccess: createKnownAccessStore(db),
    bringForward: (now, longest) => bringForward(db, now, longest),
    async ping() {
      await sql`select 1`.execute(db);
    },
    writeProblem: createWriteProbe(db),
    close: () => db.destroy(),
  };
}
