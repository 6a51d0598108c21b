import { fileURLToPath } from 'node:url';
import type { Store } from '../domain/ports.ts';
import { createStore, type OpenDatabase, type StoreSettings } from './create-store.ts';
import { migrate } from './database/migrate.ts';
import { POSTGRES_LIMITS } from './database/postgres-pool.ts';
import { StorageError } from './database/storage-error.ts';
import { openPostgres } from './open-postgres.ts';
import { IN_MEMORY, openSqlite } from './open-sqlite.ts';

export type StoreOptions = StoreSettings & {
  /** `file:./data/license-watch.db`, `file::memory:` or `postgres://user:password@host/database`. */
  url: string;
};

/**
 * Opens the database, creates what is missing (a file's folder, tables), and gives the store over it.
 * Throws StorageError; its message is a sentence that says what to do and holds no password.
 */
export async function openStore({ url, ...settings }: StoreOptions): Promise<Store> {
  if (isPostgres(url)) {
    // An index over years of records takes as long as it takes; later, nothing may.
    const migrated = await openMigrated(() => openPostgres(url, { ...POSTGRES_LIMITS, statement: null }));
    await migrated.db.destroy();
    return createStore(await openPostgres(url), settings);
  }
  return createStore(await openMigrated(() => openFile(url)), settings);
}

const isPostgres = (url: string): boolean => url.startsWith('postgres://') || url.startsWith('postgresql://');

async function openMigrated(openDatabase: () => Promise<OpenDatabase>): Promise<OpenDatabase> {
  const open = await openDatabase();
  try {
    await migrate(open.db, open.kind);
  } catch (error) {
    await open.db.destroy();
    throw error;
  }
  return open;
}

async function openFile(url: string): Promise<OpenDatabase> {
  if (url.startsWith('file:')) return openSqlite(filePath(url));
  throw new StorageError(
    'unsupported-url',
    'DATABASE_URL must begin with file: for SQLite, as in file:./data/license-watch.db, or with postgres://.',
  );
}

/** `file:///a/b` is a URL; `file:./a` and `file:a` are paths from where the process was started. */
function filePath(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  const path = url.slice('file:'.length);
  if (path === '') throw new StorageError('unsupported-url', 'DATABASE_URL names no file after file:.');
  return path === IN_MEMORY ? IN_MEMORY : path;
}
