import { DAY_MS } from '../../domain/durations.ts';
import type { AuditStore } from '../../domain/ports/audit.ts';
import type { Chain } from '../archive/chain.ts';
import { type DatabaseKind, isOneOf, type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { AuditEvent } from './audit-json.ts';
import { targetIdsOf } from './audit-targets.ts';

/** Records removed in one transaction: the bot goes on writing between two of them. */
const PART = 500;
/** Longer than any source gives out content. */
/** What the chain says removed a record. */
const BY_AGE = 'AUDIT_RETENTION_DAYS';
const CONTENT_KEPT_MS = 9 * DAY_MS;

/** Removes old rows of the archive; the database lets nobody else do so. */
export function createPurge(
  db: Queries,
  kind: DatabaseKind,
  chain: Chain,
): Pick<AuditStore, 'purge' | 'lastPurge'> {
  return {
    async purge(before, at) {
      await db
        .deleteFrom('audit_contents')
        .where('received_at', '<', at - CONTENT_KEPT_MS)
        .execute();
      if (before === null) return 0;
      await db.deleteFrom('audit_windows').where('to_at', '<', before).execute();
      await purgeSecurity(db, before);
      let removed = 0;
      for (let part = PART; part === PART; removed += part) {
        part = await db
          .transaction()
          .execute((transaction) => purgePart(transaction, { kind, chain, before, at }));
      }
      return removed;
    },

    async lastPurge() {
      const row = await db
        .selectFrom('audit_purges')
        .select(['at', 'before_at', 'removed'])
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? { at: row.at, before: row.before_at, removed: row.removed } : null;
    },
  };
}

/** What was made of records goes with them: matches, and alerts that wait for nobody. */
async function purgeSecurity(db: Queries, before: number): Promise<void> {
  await db
    .deleteFrom('detection_matches')
    .where('tenant_id', '=', THE_TENANT)
    .where('at', '<', before)
    .execute();
  await db
    .deleteFrom('security_incidents')
    .where('tenant_id', '=', THE_TENANT)
    .where('status', '!=', 'open')
    .where('last_at', '<', before)
    .execute();
}

type PurgePart = { kind: DatabaseKind; chain: Chain; before: number; at: number };

/** Removes some of the oldest records and counts them on the purge of that time. Takes an open transaction. */
async function purgePart(db: Queries, { kind, chain, before, at }: PurgePart): Promise<number> {
  await chain.lock(db);
  const rows = await db
    .selectFrom('audit_events')
    .select(['row_no', 'id', 'at', 'event'])
    .where('at', '<', before)
    .orderBy('at')
    .limit(PART)
    .execute();
  if (rows.length === 0) return 0;
  await chain.sealRemoval(db, rows, BY_AGE, at);
  const purge = await openPurge(db, before, at);
  const ids = rows.map(({ id }) => id);
  const events = rows.map((row) => ({
    no: row.row_no,
    event: readStored(AuditEvent, row.event, `audit record ${row.id}`),
  }));
  for (const { no, event } of events) {
    // The key begins with the target, so that each of these is one place in an index.
    await db
      .deleteFrom('audit_targets')
      .where(isOneOf(kind, 'target_id', targetIdsOf(event)))
      .where('at', '=', event.at)
      .where('event_no', '=', no)
      .execute();
  }
  await db
    .deleteFrom('audit_events')
    .where(isOneOf(kind, 'id', ids))
    .execute();
  await db
    .updateTable('audit_purges')
    .set((row) => ({ open: 0, removed: row.eb('removed', '+', rows.length) }))
    .where('row_no', '=', purge)
    .execute();
  return rows.length;
}

/** The row of the purge of that time, open until the transaction closes it. */
async function openPurge(db: Queries, before: number, at: number): Promise<number> {
  const known = await db
    .updateTable('audit_purges')
    .set({ open: 1 })
    .where('at', '=', at)
    .where('before_at', '=', before)
    .returning('row_no')
    .executeTakeFirst();
  if (known) return known.row_no;
  const made = await db
    .insertInto('audit_purges')
    .values({ at, before_at: before, removed: 0, open: 1 })
    .returning('row_no')
    .executeTakeFirstOrThrow();
  return made.row_no;
}
