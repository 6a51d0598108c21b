import { DatabaseSync } from 'node:sqlite';
import { MIGRATION_NAMES, newerThanUs } from '../database/migrate.ts';
import { isDamaged, resultCode } from '../database/sqlite-result.ts';
import { StorageError } from '../database/storage-error.ts';

/** What is in a file with our data. */
export type FileContents = {
  /** The last migration that was done to it. */
  form: string;
  /** Migrations of this version that it still lacks. */
  pending: string[];
  /** How many rows the tables have that tell most about it; only those that it has. */
  rows: Record<string, number>;
};

const COUNTED = ['user_states', 'license_changes', 'incidents', 'decisions', 'audit_events'] as const;
const WAIT_MS = 10_000;

/** The migrations that were done to a database, in order; none where it is new, or not ours. */
export function migrationsOf(database: DatabaseSync): string[] {
  const known = database.prepare(`select 1 from sqlite_master where name = 'kysely_migration'`).get();
  if (known === undefined) return [];
  return database
    .prepare('select name from kysely_migration order by name')
    .all()
    .map(({ name }) => String(name));
}

/**
 * Opens a file, has SQLite check every page, and says what is in it; writes nothing. Throws StorageError: `damaged`,
 * `not-ours`, `newer-database`, or `cannot-open`.
 */
export function lookInto(file: string): FileContents {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: WAIT_MS });
    const problems = database.prepare('pragma integrity_check(5)').all().flatMap(Object.values);
    if (problems.join() !== 'ok') {
      throw new StorageError('damaged', `The file ${file} is damaged: ${problems.join('; ')}.`);
    }
    return contentsOf(database, file);
  } catch (error) {
    if (error instanceof StorageError) throw error;
    if (isDamaged(error)) {
      const message = `The file ${file} is damaged, or is no SQLite database.`;
      throw new StorageError('damaged', message, { cause: error });
    }
    if (resultCode(error) === null) throw error;
    throw new StorageError('cannot-open', `The file ${file} cannot be opened.`, { cause: error });
  } finally {
    database?.close();
  }
}

function contentsOf(database: DatabaseSync, file: string): FileContents {
  const done = migrationsOf(database);
  const form = done.at(-1);
  if (form === undefined) {
    throw new StorageError('not-ours', `The file ${file} is no database of License Watch.`);
  }
  const unknown = done.filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length > 0) {
    throw new StorageError('newer-database', `${newerThanUs(unknown)} Use that version, or an older file.`);
  }
  const tables = new Set(
    database
      .prepare(`select name from sqlite_master where type = 'table'`)
      .all()
      .map(({ name }) => String(name)),
  );
  const rows = COUNTED.filter((table) => tables.has(table)).map((table) => {
    const counted = database.prepare(`select count(*) as n from ${table}`).get();
    return [table, Number(counted?.n)] as const;
  });
  return {
    form,
    pending: MIGRATION_NAMES.filter((name) => !done.includes(name)),
    rows: Object.fromEntries(rows),
  };
}
