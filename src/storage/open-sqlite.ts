import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { OpenDatabase } from './create-store.ts';
import { Fence } from './database/fence.ts';
import { nodeSqliteDialect } from './database/node-sqlite-dialect.ts';
import type { Tables } from './database/schema.ts';
import { IN_MEMORY } from './database/sqlite-file.ts';
import { resultCode, SQLITE } from './database/sqlite-result.ts';
import { StorageError } from './database/storage-error.ts';
import { rowWriter } from './database/write-rows.ts';
import { openSqliteStaging } from './scans/sqlite-staging.ts';

/** How long a statement waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 10_000;
/** Twice SQLite's own: a first read of a large tenant is committed in half the time. Only a new file takes it. */
const PAGE_BYTES = 8192;
/** Keeps most of the index of a million user ids. */
const PAGE_CACHE_KIB = 32 * 1024;
/** The log shrinks to this after a large first read. */
const KEPT_LOG_BYTES = 64 * 1024 * 1024;
/** Changing to WAL does not wait for others by itself. */
const WAL_ATTEMPTS = 50;
const WAL_PAUSE_MS = 100;

/**
 * Opens a database file, or one in memory for `:memory:`, and creates its folder. Does not migrate.
 * Throws StorageError `cannot-open`.
 */
export async function openSqlite(file: string): Promise<OpenDatabase> {
  let database: DatabaseSync | undefined;
  try {
    if (file !== IN_MEMORY) await mkdir(path.dirname(file), { recursive: true });
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    return await prepareSqlite(database);
  } catch (cause) {
    database?.close();
    throw new StorageError('cannot-open', sentenceFor(file, cause), { cause });
  }
}

/** Sets how SQLite writes and caches, and puts Kysely over it. Rejects with SQLite's own error. */
export async function prepareSqlite(database: DatabaseSync): Promise<OpenDatabase> {
  database.exec(`pragma page_size = ${PAGE_BYTES}`);
  await useWriteAheadLog(database);
  // FULL syncs at each commit: what was committed survives the loss of power, not only of the process.
  database.exec(`pragma synchronous = full; pragma cache_size = -${PAGE_CACHE_KIB};
    pragma journal_size_limit = ${KEPT_LOG_BYTES}`);
  const fence = new Fence('sqlite');
  const db = new Kysely<Tables>({ dialect: fence.around(nodeSqliteDialect(database)) });
  return {
    db,
    kind: 'sqlite',
    openStaging: openSqliteStaging(db, database),
    fence,
    writeRows: rowWriter(database),
  };
}

async function useWriteAheadLog(database: DatabaseSync): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (resultCode(error) !== SQLITE.busy || attempt === WAL_ATTEMPTS) throw error;
      await setTimeout(WAL_PAUSE_MS);
    }
  }
}

function sentenceFor(file: string, cause: unknown): string {
  const place = `The database file ${file}`;
  const systemCode = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (systemCode === 'EACCES' || systemCode === 'EPERM' || systemCode === 'EROFS') {
    return `${place} cannot be created: this user may not write to its folder. Set DATABASE_URL to a place that it may write to.`;
  }
  if (systemCode === 'ENOTDIR' || systemCode === 'EEXIST') {
    return `${place} cannot be created: a part of its path is a file, not a folder. Set DATABASE_URL to another place.`;
  }
  switch (resultCode(cause)) {
    case SQLITE.busy:
      return `${place} is locked by another process. Stop that process, or wait until it has finished.`;
    case SQLITE.readonly:
      return `${place} is read-only for this user. Let it write to the file and its folder.`;
    case SQLITE.io:
    case SQLITE.full:
      return `${place} cannot be written: the disk is full or failing.`;
    case SQLITE.cantOpen:
      return `${place} cannot be opened. Is it a folder, or may this user not write there? Set DATABASE_URL to another place.`;
    case SQLITE.corrupt:
    case SQLITE.notADb:
      return `${place} is damaged or is not a SQLite database. Restore a copy, or set DATABASE_URL to another place.`;
    default:
      return `${place} cannot be opened.`;
  }
}
