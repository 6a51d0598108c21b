import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './schema.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** A database or an open transaction on it. */
export type Queries = Kysely<Tables>;

/** One deployment watches one tenant; its rows in tables that could hold several carry this. */
export const THE_TENANT = '';

/** How many rows one INSERT carries: far below both databases' limits on bound values for our widest table. */
const ROWS_PER_INSERT = 500;

/**
 * "This column is one of these", with the list as one bound value: any length, and one cached statement.
 * @param column a column reference, as `sql.ref` takes it
 */
export function isOneOf(kind: DatabaseKind, column: string, values: readonly string[]): RawBuilder<boolean> {
  return kind === 'sqlite'
    ? sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`
    : sql<boolean>`${sql.ref(column)} = any(${[...values]}::text[])`;
}

/** The list cut into pieces that fit into one INSERT each. */
export function* insertChunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    yield rows.slice(start, start + ROWS_PER_INSERT);
  }
}

/** SQLite extended result codes for a primary key and a unique index; SQLSTATE of PostgreSQL for both. */
const SQLITE_UNIQUE: readonly unknown[] = [1555, 2067];
const POSTGRES_UNIQUE = '23505';

/** Whether a statement failed because a row with the same unique key exists: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && SQLITE_UNIQUE.includes(error.errcode)) return true;
  return 'code' in error && error.code === POSTGRES_UNIQUE;
}

/** Whether something was written: false when a row with the same unique key exists. Throws any other error. */
export async function unlessTaken(written: Promise<unknown>): Promise<boolean> {
  try {
    await written;
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
