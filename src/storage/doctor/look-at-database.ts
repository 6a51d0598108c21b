import { sqliteFile } from '../database/sqlite-file.ts';
import { isPostgres } from '../open-store.ts';
import type { DatabaseLook } from './look.ts';
import { lookAtPostgres } from './look-at-postgres.ts';
import { lookAtSqlite, roomFor } from './look-at-sqlite.ts';

/** Looks whether the database of `DATABASE_URL` can be reached, written and used by this version. Changes nothing; never throws. */
export async function lookAtDatabase(url: string, roomOf = roomFor): Promise<DatabaseLook> {
  if (isPostgres(url)) return lookAtPostgres(url);
  const file = sqliteFile(url);
  if (file !== null) return lookAtSqlite(file, roomOf);
  const facts = {
    place: 'The database in memory',
    kind: 'sqlite',
    reach: { state: 'new' },
    write: { ok: true, detail: 'It takes writes, and is gone with the process.' },
    migrations: { pending: 0, unknown: [] },
    disk: null,
  } as const;
  return { facts, conversations: null, mark: null, tenant: null };
}
