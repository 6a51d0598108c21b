import { type Queries, THE_TENANT } from './connection.ts';
import { resultCode, SQLITE } from './sqlite-result.ts';
import { StorageError } from './storage-error.ts';

/** How long an outcome counts, ms: each probe is written through to the disk. */
const COUNTS_FOR_MS = 5_000;
/** Some pages of either database, so that a disk or a file with no room left shows. */
const FILLER = 'probe '.repeat(8_000);

/**
 * Makes the function that says why the database cannot be written now, in a sentence for whoever runs the bot; null
 * when it can. It writes and removes a row of its own, at most every few seconds. Never throws.
 */
export function createWriteProbe(db: Queries): () => Promise<string | null> {
  let last: { at: number; outcome: Promise<string | null> } | null = null;

  async function probe(): Promise<string | null> {
    try {
      const row = { tenant_id: THE_TENANT, filler: FILLER };
      await db
        .insertInto('write_probes')
        .values(row)
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
        .execute();
      await db.deleteFrom('write_probes').where('tenant_id', '=', THE_TENANT).execute();
      return null;
    } catch (error) {
      return `The database cannot be written: ${writeFailure(error)}`;
    }
  }

  return () => {
    const now = performance.now();
    if (last === null || now - last.at > COUNTS_FOR_MS) last = { at: now, outcome: probe() };
    return last.outcome;
  };
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function writeFailure(error: unknown): string {
  if (error instanceof StorageError) return error.message;
  switch (resultCode(error)) {
    case SQLITE.busy:
    case SQLITE.locked:
      return 'another process has it locked.';
    case SQLITE.readonly:
      return 'it is read-only for this user. Let it write to the file and its folder.';
    case SQLITE.io:
    case SQLITE.full:
      return 'the disk is full or failing. Make room for the file.';
    case SQLITE.corrupt:
    case SQLITE.notADb:
      return 'it is damaged. Restore a copy.';
    default:
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  switch (code) {
    case '25006':
      return 'PostgreSQL is read-only, as a standby is. Point DATABASE_URL at the server that takes writes.';
    case '42501':
      return 'its user has no right to write. Grant it on all tables of the schema.';
    case '53100':
      return 'the disk of the PostgreSQL server is full. Make room there.';
    case '53300':
      return 'PostgreSQL has no connection left. Raise its max_connections.';
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ETIMEDOUT':
    case '57P01':
    case '57P03':
      return 'PostgreSQL does not answer.';
    default:
      return error instanceof Error ? `${error.message}.` : 'for an unknown reason.';
  }
}
