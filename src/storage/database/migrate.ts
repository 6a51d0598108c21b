import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { createScansAndUsers } from '../migrations/001-initial.ts';
import { createChanges } from '../migrations/002-ledger.ts';
import { createIncidents } from '../migrations/004-incidents.ts';
import { createOperations } from '../migrations/005-operations.ts';
import { createStanding } from '../migrations/007-decisions.ts';
import { createSignIns } from '../migrations/008-sign-ins.ts';
import { createLeaseTerms } from '../migrations/009-lease-terms.ts';
import { createAlertNotes } from '../migrations/010-alert-notes.ts';
import { createDelivery } from '../migrations/011-delivery.ts';
import { createHealth } from '../migrations/012-health.ts';
import { createSecondOperator } from '../migrations/013-second-operator.ts';
import { createKnownAccess } from '../migrations/015-known-access.ts';
import { createLicenseDates } from '../migrations/016-license-dates.ts';
import { createKeptSentences } from '../migrations/017-kept-sentences.ts';
import { createRouting } from '../migrations/019-routing.ts';
import { createPeople } from '../migrations/024-people.ts';
import { createOwnAccess } from '../migrations/026-own-access.ts';
import { createDoctor } from '../migrations/028-doctor.ts';
import { createChatSettings } from '../migrations/030-chat-settings.ts';
import { createUsage } from '../migrations/032-usage.ts';
import { createNotifications } from '../migrations/034-notifications.ts';
import { nameUserIndex } from '../migrations/036-user-index.ts';
import { rememberTenant } from '../migrations/037-watched-tenant.ts';
import { createAudit } from '../migrations/records/003-audit.ts';
import { createCoverage } from '../migrations/records/006-coverage.ts';
import { createDetections } from '../migrations/records/018-detections.ts';
import { createArchiveChain } from '../migrations/records/020-archive.ts';
import { createRetention } from '../migrations/records/021-retention.ts';
import { createForwarding } from '../migrations/records/022-forwarding.ts';
import { createSearch } from '../migrations/records/023-search.ts';
import { indexAgain } from '../migrations/records/025-index-again.ts';
import { letErasureRewriteSearches } from '../migrations/records/027-erasable-searches.ts';
import type { DatabaseKind } from './connection.ts';
import type { Tables } from './schema.ts';
import { isDamaged } from './sqlite-result.ts';
import { StorageError } from './storage-error.ts';

type Step = (db: Kysely<unknown>, target: DatabaseKind) => Promise<void>;

/** In the order of their names. One that has been released is never edited: a change is a new one. */
const MIGRATIONS: Readonly<Record<string, Step>> = {
  '001-initial': createScansAndUsers,
  '002-ledger': createChanges,
  '003-audit': createAudit,
  '004-incidents': createIncidents,
  '005-operations': createOperations,
  '006-coverage': createCoverage,
  '007-decisions': createStanding,
  '008-sign-ins': createSignIns,
  '009-lease-terms': createLeaseTerms,
  '010-alert-notes': createAlertNotes,
  '011-delivery': createDelivery,
  '012-health': createHealth,
  '013-second-operator': createSecondOperator,
  '015-known-access': createKnownAccess,
  '016-license-dates': createLicenseDates,
  '017-kept-sentences': createKeptSentences,
  '018-detections': createDetections,
  '019-routing': createRouting,
  '020-archive': createArchiveChain,
  '021-retention': createRetention,
  '022-forwarding': createForwarding,
  '023-search': createSearch,
  '024-people': createPeople,
  '025-index-again': indexAgain,
  '026-own-access': createOwnAccess,
  '027-erasable-searches': letErasureRewriteSearches,
  '028-doctor': createDoctor,
  '030-chat-settings': createChatSettings,
  '032-usage': createUsage,
  '034-notifications': createNotifications,
  '036-user-index': nameUserIndex,
  '037-watched-tenant': rememberTenant,
};

/** The steps that this version knows, in order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** What a person reads where a later version has been here. Names are those of its migrations. */
export const newerThanUs = (names: readonly string[]): string =>
  `A newer version of License Watch has changed this database (${names.join(', ')}).`;

/**
 * Brings the database to today's form in one transaction; two processes that open it at the same time do it
 * once. Throws StorageError: `newer-database` where a later version has been here, `damaged`,
 * else `migration-failed`.
 */
export async function migrate(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(MIGRATIONS).map(([name, step]): [string, Migration] => [
            name,
            { up: (target) => step(target, kind) },
          ]),
        ),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  if (isDamaged(error)) throw damaged(error);
  let unknown: string[];
  try {
    unknown = await unknownMigrations(db);
  } catch (second) {
    // Without the migrator's table no version has been here. Whatever else it is, both errors tell.
    if (isDamaged(second)) throw damaged(second);
    throw migrationFailed(new AggregateError([error, second]));
  }
  if (unknown.length === 0) throw migrationFailed(error);
  throw new StorageError(
    'newer-database',
    `${newerThanUs(unknown)} Run that version, or restore a copy of the database made before.`,
    { cause: error },
  );
}

const damaged = (cause: unknown): StorageError =>
  new StorageError(
    'damaged',
    'The database file is damaged. Restore a copy, or set DATABASE_URL to another place.',
    { cause },
  );

const migrationFailed = (cause: unknown): StorageError =>
  new StorageError(
    'migration-failed',
    'The database could not be brought to the form that this version needs. Its user must be allowed to create tables.',
    { cause },
  );

async function unknownMigrations(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((row) => row.name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
}
