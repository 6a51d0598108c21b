import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Mentions, mentionsOf } from '../../domain/people/mentions.ts';
import {
  heldNames,
  keyOf,
  type PersonNames,
  type Pseudonym,
  pseudonymOf,
} from '../../domain/people/names.ts';
import type { HoldStore } from '../../domain/ports/holds.ts';
import type { Counts, ErasureResult } from '../../domain/ports/people.ts';
import type { Chain } from '../archive/chain.ts';
import { mentionsOfHolds } from '../archive/mentions-of-holds.ts';
import { removeRecords } from '../audit/remove-records.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import type { Tables } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { clearTraces } from './clear-traces.ts';
import { StoredCounts, StoredNames, StoredPseudonym } from './names-json.ts';
import { notePerson } from './person-log.ts';
import { tablesAboutPeople } from './person-tables.ts';
import { isAt, type PlacedRow, rowsNaming } from './rows-naming.ts';

/** What the chain notes as the policy by which records went. */
export const ERASURE = 'erasure';

type Parts = { db: Queries; kind: DatabaseKind; chain: Chain; holds: Pick<HoldStore, 'inForce'> };
type Erasure = { person: string; names: PersonNames; pseudonym: Pseudonym; at: number };

/**
 * Erases a person in parts, a transaction each. Until the last one the names that it looks for are stored, so that an
 * erasure that was interrupted finishes with all of them and the same pseudonym.
 */
export async function erasePerson(
  parts: Parts,
  names: PersonNames,
  by: string,
  at: number,
  signal: AbortSignal,
): Promise<ErasureResult> {
  const { db, kind, holds } = parts;
  if (await isOnHold(holds, names)) return { done: false, reason: 'on-hold' };
  const erasure = await begin(db, names, by, at);
  const mentions = mentionsOf(erasure.names, erasure.pseudonym);
  let keptForHolds = 0;
  for (const { table, entry } of tablesAboutPeople()) {
    const { does } = entry;
    for await (const rows of rowsNaming(db, kind, table, mentions, signal)) {
      if (await isOnHold(holds, erasure.names)) return { done: false, reason: 'on-hold' };
      if (does === 'records') keptForHolds += await eraseRecords(parts, rows, erasure);
      else {
        await inErasure(db, erasure, table, async (transaction) => {
          let changed = 0;
          for (const row of rows) changed += await eraseRow(transaction, kind, table, does, row, mentions);
          return changed;
        });
      }
    }
  }
  const counts = await finish(db, erasure, by, at);
  const isCleared = await clearTraces(db, kind);
  return { done: true, pseudonym: erasure.pseudonym.id, counts, keptForHolds, isCleared };
}

async function isOnHold(holds: Parts['holds'], names: PersonNames): Promise<boolean> {
  const theirs = new Set([keyOf(names), ...heldNames(names)]);
  return (await holds.inForce()).some((hold) =>
    [hold.personId, ...hold.names].some((name) => theirs.has(name)),
  );
}

/** Goes on with an erasure that was begun, or begins one. */
async function begin(db: Queries, names: PersonNames, by: string, at: number): Promise<Erasure> {
  const person = keyOf(names);
  return db.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('erasures')
      .selectAll()
      .where('tenant_id', '=', THE_TENANT)
      .where('person', '=', person)
      .executeTakeFirst();
    if (known) {
      const what = `the erasure of ${person}`;
      const pseudonym = readStored(StoredPseudonym, known.pseudonym, what);
      return { person, names: readStored(StoredNames, known.names, what), pseudonym, at };
    }
    const pseudonym = pseudonymOf(randomBytes(6).toString('hex'));
    await transaction
      .insertInto('erasures')
      .values({
        tenant_id: THE_TENANT,
        person,
        names: JSON.stringify(names),
        pseudonym: JSON.stringify(pseudonym),
        counts: '{}',
        open: 0,
      })
      .execute();
    await notePerson(transaction, {
      at,
      act: 'erasure begun',
      person: pseudonym.id,
      by,
      counts: {},
      reason: null,
    });
    return { person, names, pseudonym, at };
  });
}

/** A transaction in which ledgers may be written again. Counts what it changed. */
async function inErasure(
  db: Queries,
  { person }: Erasure,
  table: string,
  work: (transaction: Queries) => Promise<number>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = () =>
      transaction.updateTable('erasures').where('tenant_id', '=', THE_TENANT).where('person', '=', person);
    const { counts } = await row().set({ open: 1 }).returning('counts').executeTakeFirstOrThrow();
    const changed = await work(transaction);
    const before: Counts = readStored(StoredCounts, counts, `the erasure of ${person}`);
    const after = changed === 0 ? before : { ...before, [table]: (before[table] ?? 0) + changed };
    await row()
      .set({ open: 0, counts: JSON.stringify(after) })
      .execute();
  });
}

/** Removes a row, or writes it again with the pseudonym. Another process may have written it meanwhile: then it counts 0. */
async function eraseRow(
  db: Queries,
  kind: DatabaseKind,
  table: keyof Tables,
  does: 'removed' | 'rewritten',
  { place, row }: PlacedRow,
  mentions: Mentions,
): Promise<number> {
  // A channel stays what it is, no matter who wrote there first.
  if (does === 'removed' && (table !== 'conversations' || row.kind === 'personal')) {
    if (table === 'user_states') await countWithout(db, row);
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${isAt(kind, place)}`.execute(
      db,
    );
    return Number(numAffectedRows ?? 0n);
  }
  const changed = Object.entries(row).flatMap(([column, value]) => {
    if (typeof value !== 'string') return [];
    const after = mentions.replaced(value);
    return after === value ? [] : [sql`${sql.ref(column)} = ${after}`];
  });
  if (changed.length === 0) return 0;
  const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.join(changed)}
    where ${isAt(kind, place)}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

/** Takes an account that is still in the tenant from the totals. A new version makes the next full read look at all. */
async function countWithout(db: Queries, row: Record<string, unknown>): Promise<void> {
  const present = row.removed_at === null ? 1 : 0;
  const licensed = present === 1 ? Number(row.licensed) : 0;
  await db
    .updateTable('watch_state')
    .set((watch) => ({
      version: watch('version', '+', 1),
      present_users: watch('present_users', '-', present),
      licensed_users: watch('licensed_users', '-', licensed),
    }))
    .where('id', '=', 1)
    .execute();
}

/**
 * Removes audit records through the chain, but for those that also name somebody on hold.
 * @returns how many of these there are
 */
async function eraseRecords(
  { db, kind, chain, holds }: Parts,
  rows: readonly PlacedRow[],
  erasure: Erasure,
): Promise<number> {
  const isHeld = mentionsOfHolds(await holds.inForce());
  const free = rows.filter(({ row }) => !isHeld(`${String(row.event)} ${String(row.raw)}`));
  if (free.length > 0) {
    const records = free.map(({ row }) => ({ row_no: Number(row.row_no), at: Number(row.at) }));
    const before = Math.max(...records.map(({ at }) => at)) + 1;
    await inErasure(db, erasure, 'audit_events', async (transaction) => {
      await removeRecords(transaction, { kind, chain, rows: records, what: ERASURE, before, at: erasure.at });
      // What the retention removed last is asked of this table; an erasure has its own log.
      await transaction
        .deleteFrom('audit_purges')
        .where('at', '=', erasure.at)
        .where('before_at', '=', before)
        .execute();
      return records.length;
    });
  }
  return rows.length - free.length;
}

async function finish(db: Queries, { person, pseudonym }: Erasure, by: string, at: number): Promise<Counts> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .deleteFrom('erasures')
      .where('tenant_id', '=', THE_TENANT)
      .where('person', '=', person)
      .returning('counts')
      .executeTakeFirstOrThrow();
    const counts = readStored(StoredCounts, row.counts, `the erasure of ${pseudonym.id}`);
    await notePerson(transaction, { at, act: 'erased', person: pseudonym.id, by, counts, reason: null });
    return counts;
  });
}
