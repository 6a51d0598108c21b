import { type RawBuilder, sql } from 'kysely';
import type { Mentions } from '../../domain/people/mentions.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import type { Tables } from '../database/schema.ts';

/** Rows looked at in one go. */
const PART = 200;

/** A row of any table, and where it stands: SQLite's rowid, PostgreSQL's ctid. */
export type PlacedRow = { place: string; row: Record<string, unknown> };

/** The columns of a table that hold text. */
export async function textColumns(db: Queries, kind: DatabaseKind, table: string): Promise<string[]> {
  const { rows } =
    kind === 'sqlite'
      ? await sql<{
          name: string;
        }>`select name from pragma_table_info(${table}) where upper(type) = 'TEXT'`.execute(db)
      : await sql<{ name: string }>`select column_name as name from information_schema.columns
          where table_schema = current_schema() and table_name = ${table} and data_type = 'text'`.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Rows of a table that name the person in any text, in parts, in the order of their places. Rows that are written
 * again meanwhile may come once more.
 */
export async function* rowsNaming(
  db: Queries,
  kind: DatabaseKind,
  table: keyof Tables,
  mentions: Mentions,
  signal: AbortSignal,
): AsyncGenerator<PlacedRow[]> {
  const columns = await textColumns(db, kind, table);
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted();
    const { rows }: { rows: Record<string, unknown>[] } = await sql<Record<string, unknown>>`
      select ${placeOf(kind)} as "place_of_row", t.* from ${sql.table(table)} t
      where ${narrowed(kind, columns, mentions.probes)} and ${isAfter(kind, after)}
      order by ${kind === 'sqlite' ? sql`t.rowid` : sql`t.ctid`} limit ${sql.lit(PART)}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    const placed = rows.map(({ place_of_row, ...row }) => ({ place: String(place_of_row), row }));
    const naming = placed.filter(({ row }) => names(row, columns, table, mentions));
    if (naming.length > 0) yield naming;
    after = String(last.place_of_row);
  }
}

/** Whether a row names the person. Of an audit record a display name is not enough: another may have it. */
function names(
  row: Record<string, unknown>,
  columns: readonly string[],
  table: keyof Tables,
  mentions: Mentions,
): boolean {
  const has = table === 'audit_events' ? mentions.surelyIn : mentions.in;
  return columns.some((column) => {
    const text = row[column];
    return typeof text === 'string' && has(text);
  });
}

export const isAt = (kind: DatabaseKind, place: string): RawBuilder<boolean> =>
  kind === 'sqlite' ? sql<boolean>`rowid = ${Number(place)}` : sql<boolean>`ctid = ${place}::tid`;

const placeOf = (kind: DatabaseKind): RawBuilder<unknown> =>
  kind === 'sqlite' ? sql`t.rowid` : sql`t.ctid::text`;

function isAfter(kind: DatabaseKind, place: string | null): RawBuilder<unknown> {
  if (place === null) return sql`1 = 1`;
  return kind === 'sqlite' ? sql`t.rowid > ${Number(place)}` : sql`t.ctid > ${place}::tid`;
}

/** SQL finds rows that may name the person; borders and ways of writing are looked at afterwards. */
function narrowed(
  kind: DatabaseKind,
  columns: readonly string[],
  probes: readonly string[] | null,
): RawBuilder<unknown> {
  if (probes === null) return sql`1 = 1`;
  const like = kind === 'sqlite' ? sql`like` : sql`ilike`;
  const tests = columns.flatMap((column) =>
    probes.map((probe) => sql`t.${sql.ref(column)} ${like} ${`%${probe}%`}`),
  );
  return tests.length === 0 ? sql`1 = 0` : sql`(${sql.join(tests, sql` or `)})`;
}
