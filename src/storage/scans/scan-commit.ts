import { setImmediate } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import type { ScanCommit } from '../../domain/ports.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { resultCode, SQLITE } from '../database/sqlite-result.ts';
import { StorageError } from '../database/storage-error.ts';
import { insertChanges } from '../incidents/change-rows.ts';
import type { KnownPages } from './known-pages.ts';
import type { ReadPages } from './read-pages.ts';
import { recordScan } from './scan-record.ts';
import type { ScanStaging, StagedRow } from './scan-staging.ts';
import { NAME_POSITIONS } from './user-state-text.ts';

/** How many staged rows move in one statement: SQLite works in our thread, and others want their turn. */
const ROWS_AT_ONCE = 20_000;

type Staged = RawBuilder<StagedRow>;

/** What a scan session needs; `version` is the watch state's when the scan began. */
export type SessionParts = {
  db: Queries;
  kind: DatabaseKind;
  staging: ScanStaging;
  version: number;
  knownPages: KnownPages;
};

/** The version that a commit made. `rows` are those it wrote, as far as pages are known that they may be on. */
export type Written = { version: number; rows: number[]; firstOfAll: number | null };

/**
 * Makes a read count: users, changes, settling, tenant, delta link and scan record in one transaction.
 * Throws StorageError `scan-overtaken` when another scan has since written a user that this one would write.
 */
export async function commitScan(parts: SessionParts, commit: ScanCommit, read: ReadPages): Promise<Written> {
  const { staging, kind } = parts;
  const { record, changes, settle } = commit;
  return parts.db.transaction().execute(async (db) => {
    // The update comes first: its row lock lets one commit after the other through.
    const watch = await db
      .updateTable('watch_state')
      .set((row) => ({ version: row('version', '+', 1) }))
      .where('id', '=', 1)
      .returning(['version'])
      .executeTakeFirstOrThrow();
    const isFirst =
      (await db.selectFrom('user_states').select('row_no').limit(1).executeTakeFirst()) === undefined;

    // Into an empty table rows move in the order in which they were read, so that the last reading wins anyway.
    if (!isFirst || staging.hasGone) await staging.seal(db);
    if (watch.version - 1 !== parts.version) await mustNotBeOvertaken(db, staging.rows, parts.version);
    if (!isFirst) {
      await addToTotals(db, staging.rows);
      await keepFormerNames(db, kind, staging.rows);
    }
    const fillsInBulk = isFirst && kind === 'sqlite';
    if (fillsInBulk) await fill(db, staging.rows, watch.version, record.finishedAt);
    else await moveStaged(db, staging.rows, watch.version, record.finishedAt);
    if (staging.hasGone) await removeGone(db, staging.rows, watch.version, record.finishedAt);
    if (isFirst) await countTotals(db);
    const firstOfAll = isFirst ? await firstOfUnbrokenRows(db, read.fresh) : null;
    const rows = parts.knownPages.isEmpty ? [] : await writtenRows(db, staging.rows);

    await recordScan(db, record);
    await insertChanges(db, changes, settle);
    await db
      .updateTable('watch_state')
      .where('id', '=', 1)
      .set({
        version: watch.version,
        ...(commit.deltaLink === null
          ? {}
          : { delta_link: commit.deltaLink === '' ? null : commit.deltaLink }),
        ...(commit.tenant === null
          ? {}
          : { tenant: JSON.stringify(commit.tenant), tenant_read_at: record.startedAt }),
      })
      .execute();
    return { version: watch.version, rows, firstOfAll };
  });
}

async function writtenRows(db: Queries, staged: Staged): Promise<number[]> {
  const { rows } = await sql<{ row_no: number }>`
    select u.row_no from ${staged} g join user_states u on u.id = g.id`.execute(db);
  return rows.map((row) => Number(row.row_no));
}

/** The first row's number, if there are as many rows as readings and their numbers have no gap; else null. */
async function firstOfUnbrokenRows(db: Queries, readings: number): Promise<number | null> {
  const { rows } = await sql<{ first: number | null; last: number | null; rows: number }>`
    select min(row_no) as first, max(row_no) as last, count(*) as rows from user_states`.execute(db);
  const [table] = rows;
  if (table?.first == null || Number(table.rows) !== readings) return null;
  return Number(table.last) - Number(table.first) + 1 === readings ? Number(table.first) : null;
}

async function mustNotBeOvertaken(db: Queries, staged: Staged, version: number): Promise<void> {
  const { rows } = await sql`select 1 from ${staged} g join user_states u on u.id = g.id
    where u.version > ${version} limit 1`.execute(db);
  if (rows.length > 0) {
    throw new StorageError(
      'scan-overtaken',
      'Another scan has written users that this one read before; its result is out of date.',
    );
  }
}

/** Counts what the staged users add to, or take from, the stored ones. Before they are moved. */
async function addToTotals(db: Queries, staged: Staged): Promise<void> {
  await sql`update watch_state set
      present_users = present_users + moved.present, licensed_users = licensed_users + moved.licensed
    from (
      select
        coalesce(sum((case when g.state is null then 0 else 1 end) - (case when u.id is null then 0 else 1 end)), 0)
          as present,
        coalesce(sum((case when g.state is null then 0 else g.licensed end) - coalesce(u.licensed, 0)), 0)
          as licensed
      from ${staged} g left join user_states u on u.id = g.id and u.removed_at is null
    ) moved
    where watch_state.id = 1`.execute(db);
}

async function countTotals(db: Queries): Promise<void> {
  await sql`update watch_state set present_users = counted.present, licensed_users = counted.licensed
    from (
      select count(*) as present, coalesce(sum(licensed), 0) as licensed
      from user_states where removed_at is null
    ) counted
    where watch_state.id = 1`.execute(db);
}

/** Names that a user had until now are kept, so that people are found by them. Before the users are moved. */
async function keepFormerNames(db: Queries, kind: DatabaseKind, staged: Staged): Promise<void> {
  for (const position of Object.values(NAME_POSITIONS)) {
    const nameIn = (column: string) =>
      kind === 'sqlite'
        ? sql<string>`json_extract(${sql.ref(column)}, ${sql.lit(`$[${position}]`)})`
        : sql<string>`(${sql.ref(column)}::json ->> ${sql.lit(position)})`;
    await sql`insert into user_former_names (user_id, name)
      select u.id, ${nameIn('u.state')} from ${staged} g join user_states u on u.id = g.id
      where g.state is not null and ${nameIn('u.state')} <> ${nameIn('g.state')}
      on conflict (user_id, name) do nothing`.execute(db);
  }
}

/** A user who is stored already is written again where the state is another, or came back. */
const REPLACE = sql`on conflict (id) do update set
  state = excluded.state, licensed = excluded.licensed, removed_at = null, version = excluded.version
  where user_states.state <> excluded.state or user_states.removed_at is not null`;

async function moveStaged(
  db: Queries,
  staged: Staged,
  version: number,
  at: number,
  onConflict: RawBuilder<unknown> = REPLACE,
): Promise<void> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select (select min(seq) from ${staged} g) as first, (select max(seq) from ${staged} g) as last`.execute(
    db,
  );
  const first = Number(rows[0]?.first ?? 0);
  const last = Number(rows[0]?.last ?? -1);
  for (let from = first; from <= last; from += ROWS_AT_ONCE) {
    // Rows are numbered as they were read: the order in which Graph will list these users again.
    await sql`insert into user_states (id, state, licensed, first_seen_at, removed_at, version)
      select id, state, licensed, cast(${at} as bigint), null, cast(${version} as bigint) from ${staged} g
      where state is not null and seq >= ${from} and seq < ${from + ROWS_AT_ONCE} order by seq
      ${onConflict}`.execute(db);
    await setImmediate();
  }
}

/**
 * Fills an empty table of SQLite, and builds its index of ids afterwards: an index that is filled in reading order is
 * written all over the file. Of a user who was read twice the last reading stays.
 */
async function fill(db: Queries, staged: Staged, version: number, at: number): Promise<void> {
  await sql`drop index user_states_by_id`.execute(db);
  await moveStaged(db, staged, version, at, sql``);
  const index = sql`create unique index user_states_by_id on user_states (id)`;
  try {
    await index.execute(db);
  } catch (error) {
    if (resultCode(error) !== SQLITE.constraint) throw error;
    await sql`delete from user_states where row_no not in (select max(row_no) from user_states group by id)`.execute(
      db,
    );
    await index.execute(db);
  }
}

async function removeGone(db: Queries, staged: Staged, version: number, at: number): Promise<void> {
  await sql`update user_states set removed_at = ${at}, version = ${version}
    where removed_at is null and id in (select id from ${staged} g where state is null)`.execute(db);
}
