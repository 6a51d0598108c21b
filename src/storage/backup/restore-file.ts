import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { resultCode, SQLITE } from '../database/sqlite-result.ts';
import { StorageError } from '../database/storage-error.ts';
import { copyDatabase, toDisk } from './copy-file.ts';
import { headsBeside, timeInName } from './file-names.ts';
import { type FileContents, lookInto } from './look-into.ts';

export type Restored = FileContents & {
  /** Where the database is now that was there before; null where there was none. */
  keptAside: string | null;
};

/**
 * Puts a backup in the place of a database that nobody has open. The backup is checked first, and the former database
 * is kept beside the new one, as `<file>.before-restore-<time>`, with its file of heads. Until the very last step the
 * former one is in its place; there is no moment without a database.
 * @param now ms UTC
 * Throws StorageError: `in-use`, what `lookInto` throws, or `cannot-copy`.
 */
export async function restoreFile(from: string, file: string, now: number): Promise<Restored> {
  const contents = lookInto(from);
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.restoring`;
  const held = existsSync(file) ? holdAlone(file) : null;
  try {
    await copyDatabase(from, fresh);
    const aside = `${file}.before-restore-${timeInName(now)}`;
    const keptAside = held === null ? null : aside;
    if (keptAside !== null) await sameFile(file, keptAside);
    await exchangeHeads(from, file, keptAside);
    await rename(fresh, file);
    await toDisk(path.dirname(file));
    return { ...contents, keptAside };
  } finally {
    held?.close();
    await rm(fresh, { force: true });
  }
}

/**
 * Takes the database for this process alone and writes its log into it, so that it is one file. Whoever opens it
 * meanwhile waits. Damage is no reason against putting a backup in its place.
 */
function holdAlone(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = delete');
    database.exec('begin exclusive');
  } catch (cause) {
    const code = resultCode(cause);
    if (code === SQLITE.corrupt || code === SQLITE.notADb) return database;
    database.close();
    if (code !== SQLITE.busy && code !== SQLITE.locked) throw cause;
    throw new StorageError(
      'in-use',
      `The database ${file} is in use. Stop License Watch, and every command that reads it, then restore again.`,
      { cause },
    );
  }
  return database;
}

/** Gives a file a second name; where the file system has no such thing, a copy. */
async function sameFile(file: string, name: string): Promise<void> {
  try {
    await link(file, name);
  } catch {
    await copyFile(file, name);
  }
}

/** The heads that were noted later than the backup would say that the archive lacks its end. */
async function exchangeHeads(from: string, file: string, keptAside: string | null): Promise<void> {
  const [there, own] = [headsBeside(from), headsBeside(file)];
  if (existsSync(own) && keptAside !== null) await rename(own, headsBeside(keptAside));
  if (existsSync(there)) await copyFile(there, own);
}
