import type { Store } from '../domain/ports.ts';
import { copyBeforeUpgrade } from './backup/copy-before-upgrade.ts';
import { createStore, type OpenDatabase, type StoreSettings } from './create-store.ts';
import { migrate } from './database/migrate.ts';
import { POSTGRES_LIMITS } from './database/postgres-pool.ts';
import { IN_MEMORY, sqliteFile } from './database/sqlite-file.ts';
import { StorageError } from './database/storage-error.ts';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';

export type StoreOptions = StoreSettings & {
  /** `file:./data/license-watch.db`, `file::memory:` or `postgres://user:password@host/database`. */
  url: string;
  /** How many copies of a SQLite file are kept that are made before migrations change it; 0 makes none. */
  copies?: number;
  /** Hears the name of a copy that was made. */
  onCopy?: (name: string) => void;
};

/**
 * Opens the database, creates what is missing (a file's folder, tables), and gives the store over it.
 * Throws StorageError; its message is a sentence that says what to do and holds no password.
 */
export async function openStore({ url, copies = 0, onCopy, ...settings }: StoreOptions): Promise<Store> {
  if (isPostgres(url)) {
    // An index over years of records takes as long as it takes; later, nothing may.
    const migrated = await openMigrated(() => openPostgres(url, { ...POSTGRES_LIMITS, statement: null }));
    await migrated.db.destroy();
    return createStore(await openPostgres(url), settings);
  }
  const file = sqliteFile(url);
  const copy = file === null ? null : await copyBeforeUpgrade(file, copies);
  if (copy !== null) onCopy?.(copy);
  return createStore(await openMigrated(() => openFile(url)), settings);
}

/** Whether a database is PostgreSQL's. */
export const isPostgres = (url: string): boolean =>
  url.startsWith('postgres://') || url.startsWith('postgresql://');

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
  if (!url.startsWith('file:')) {
    throw new StorageError(
      'unsupported-url',
      'DATABASE_URL must begin with file: for SQLite, as in file:./data/license-watch.db, or with postgres://.',
    );
  }
  if (url === 'file:') throw new StorageError('unsupported-url', 'DATABASE_URL names no file after file:.');
  return openSqlite(sqliteFile(url) ?? IN_MEMORY);
}
