import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATION_NAMES } from '../database/migrate.ts';
import { StorageError } from '../database/storage-error.ts';
import { copyDatabase } from './copy-file.ts';
import { migrationsOf } from './look-into.ts';

const NAMED = '.before-';

/**
 * Copies a SQLite file that has data of a former version, before migrations change it: beside it, as
 * `<file>.before-<first migration that it lacks>`. The newest `keep` such copies stay. Nothing happens to a new file, to
 * one that lacks nothing, to one that a newer version has changed, and with `keep` 0.
 * @returns the name of the copy; null where none was made. Throws StorageError where it cannot be made: then the
 *   database must not be changed either.
 */
export async function copyBeforeUpgrade(file: string, keep: number): Promise<string | null> {
  if (keep === 0 || !existsSync(file)) return null;
  const first = firstPending(file);
  if (first === null) return null;
  const copy = `${file}${NAMED}${first}`;
  try {
    // Another process may have upgraded it meanwhile: that is no copy of what was before.
    const made = await copyDatabase(file, copy, ({ pending }) => pending[0] === first);
    if (made === null) return null;
  } catch (cause) {
    if (!(cause instanceof StorageError)) throw cause;
    const message = `No copy of the database can be made before it is upgraded: ${cause.message} DATABASE_COPIES=0 upgrades without one.`;
    throw new StorageError('cannot-copy', message, { cause });
  }
  await removeOlder(file, keep);
  return copy;
}

function firstPending(file: string): string | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
    const done = migrationsOf(database);
    if (done.length === 0 || done.some((name) => !MIGRATION_NAMES.includes(name))) return null;
    return MIGRATION_NAMES.find((name) => !done.includes(name)) ?? null;
  } catch {
    // What is wrong with the file is said when it is opened to be used.
    return null;
  } finally {
    database?.close();
  }
}

/** The names of migrations begin with a number that grows, and so do those of the copies. */
async function removeOlder(file: string, keep: number): Promise<void> {
  const prefix = `${path.basename(file)}${NAMED}`;
  const copies = (await readdir(path.dirname(file)))
    .filter((name) => name.startsWith(prefix) && MIGRATION_NAMES.includes(name.slice(prefix.length)))
    .sort();
  const older = copies.slice(0, Math.max(0, copies.length - keep));
  await Promise.all(older.map((name) => rm(path.join(path.dirname(file), name), { force: true })));
}
