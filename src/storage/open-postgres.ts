import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { OpenDatabase } from './create-store.ts';
import { Fence } from './database/fence.ts';
import { openPostgresPool, POSTGRES_LIMITS, type PostgresLimits } from './database/postgres-pool.ts';
import type { Tables } from './database/schema.ts';
import { StorageError } from './database/storage-error.ts';
import { openPostgresStaging } from './scans/postgres-staging.ts';

/** The type of our times and counters; `pg` gives it as text unless told, because it may exceed 2^53. */
const INT8 = 20;
/** The sum of such numbers is NUMERIC. */
const NUMERIC = 1700;

/** Opens a PostgreSQL database. Does not migrate. Throws StorageError `cannot-open`. */
export async function openPostgres(
  url: string,
  limits: PostgresLimits = POSTGRES_LIMITS,
): Promise<OpenDatabase> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format),
  };
  const pool = openPostgresPool({ connectionString: url, types }, limits);
  const fence = new Fence('postgres');
  const db = new Kysely<Tables>({ dialect: fence.around(new PostgresDialect({ pool })) });
  try {
    await sql`select 1`.execute(db);
  } catch (cause) {
    await db.destroy();
    throw new StorageError('cannot-open', sentenceFor(url, cause), { cause });
  }
  return { db, kind: 'postgres', openStaging: openPostgresStaging(db), fence };
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and Node's codes for the network. */
function sentenceFor(url: string, cause: unknown): string {
  const place = `The PostgreSQL database at ${withoutPassword(url)}`;
  switch (cause instanceof Error && 'code' in cause ? cause.code : null) {
    case 'ECONNREFUSED':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'no-answer':
      return `${place} does not answer. Is the server running, and does a firewall let us through?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${place} has a host name that nobody knows. Correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `${place} refuses the user or the password. Correct DATABASE_URL.`;
    case '3D000':
      return `${place} does not exist. Create it, or correct DATABASE_URL.`;
    case '53300':
      return `${place} has no connection left. Raise its max_connections.`;
    default:
      return `${place} cannot be opened.`;
  }
}

export function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.host}${parsed.pathname}` : 'DATABASE_URL';
}
