import type { Chain } from '../archive/chain.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { AuditEvent } from './audit-json.ts';
import { targetIdsOf } from './audit-targets.ts';
import { type Indexable, unindexRecords } from './search-index.ts';

export type Removal = {
  kind: DatabaseKind;
  chain: Chain;
  rows: readonly { row_no: number; at: number }[];
  /** What removes them, as the chain notes it. */
  what: string;
  /** After the newest of them, ms UTC. */
  before: number;
  at: number;
};

/**
 * Removes records, and notes in the chain that they were removed and by what. Takes an open transaction: the
 * database lets records go only while a row of `audit_purges` is open, which nobody outside ever sees.
 */
export async function removeRecords(db: Queries, removal: Removal): Promise<void> {
  const { kind, chain, rows, what, before, at } = removal;
  await chain.lock(db);
  const numbers = rows.map(({ row_no }) => row_no);
  const stored = await db
    .selectFrom('audit_events')
    .select(['row_no', 'id', 'at', 'event', 'raw'])
    .where('row_no', 'in', numbers)
    .execute();
  if (stored.length === 0) return;
  await chain.sealRemoval(db, stored, what, at);
  const purge = await openPurge(db, before, at);
  const records: Indexable[] = [];
  for (const row of stored) {
    const event = readStored(AuditEvent, row.event, `audit record ${row.id}`);
    records.push({ rowNo: row.row_no, at: row.at, event, raw: row.raw });
    // The key begins with the target, so that each of these is one place in an index.
    await db
      .deleteFrom('audit_targets')
      .where(isOneOf(kind, 'target_id', targetIdsOf(event)))
      .where('at', '=', row.at)
      .where('event_no', '=', row.row_no)
      .execute();
  }
  await unindexRecords(db, kind, records);
  await db.deleteFrom('audit_events').where('row_no', 'in', numbers).execute();
  await db
    .updateTable('audit_purges')
    .set((row) => ({ open: 0, removed: row.eb('removed', '+', stored.length) }))
    .where('row_no', '=', purge)
    .execute();
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
