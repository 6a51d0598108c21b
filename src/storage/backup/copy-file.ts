import { chmod, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { backup, DatabaseSync } from 'node:sqlite';
import { resultCode, SQLITE } from '../database/sqlite-result.ts';
import { StorageError } from '../database/storage-error.ts';
import { besideSqlite } from './file-names.ts';
import { type FileContents, lookInto } from './look-into.ts';

/** All pages in one step: in steps, SQLite begins again whenever somebody writes, and may never get to the end. */
const ALL_PAGES = 2 ** 31 - 1;
const WAIT_MS = 10_000;

/**
 * Copies a database that may be in use into one file by SQLite's online backup: the copy is the database as it was at
 * one moment after the call, with everything that was committed before it. It appears under its name only when it was
 * opened, checked and is on the disk, and only the present user may read it. Throws StorageError.
 * @param isWanted looks at what is in the copy; one that it does not want is dropped
 * @returns what is in the copy; null where it was dropped
 */
export async function copyDatabase(
  from: string,
  to: string,
  isWanted: (contents: FileContents) => boolean = () => true,
): Promise<FileContents | null> {
  const part = `${to}.${process.pid}.part`;
  try {
    const source = new DatabaseSync(from, { readOnly: true, timeout: WAIT_MS });
    try {
      await backup(source, part, { rate: ALL_PAGES });
    } finally {
      source.close();
    }
    await chmod(part, 0o600);
    asOneFile(part);
    const contents = lookInto(part);
    if (!isWanted(contents)) return null;
    await toDisk(part);
    await rename(part, to);
    await toDisk(path.dirname(to));
    return contents;
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw new StorageError('cannot-copy', `${from} cannot be copied to ${to}: ${reasonOf(cause)}`, { cause });
  } finally {
    await Promise.all([part, ...besideSqlite(part)].map((file) => rm(file, { force: true })));
  }
}

/** The copy says of itself that it has a log beside it, as the original has; it must do without one. */
function asOneFile(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('pragma journal_mode = delete');
  database.close();
}

/** Has the system write a file, or the names in a folder, to the disk. */
export async function toDisk(name: string): Promise<void> {
  const handle = await open(name, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function reasonOf(cause: unknown): string {
  switch (resultCode(cause)) {
    case SQLITE.io:
    case SQLITE.full:
      return 'the disk is full or failing. Make room, or choose another place.';
    case SQLITE.cantOpen:
    case SQLITE.readonly:
      return 'this user may not read the one, or not write to the folder of the other.';
    default:
      return cause instanceof Error ? `${cause.message.replace(/\.$/, '')}.` : 'for an unknown reason.';
  }
}
