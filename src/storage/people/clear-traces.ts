import { sql } from 'kysely';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { resultCode, SQLITE } from '../database/sqlite-result.ts';

/** A larger file takes minutes to be written again, in which nobody else can write. */
const MOST_BYTES = 4 * 1024 ** 3;

/**
 * Writes the file of SQLite again: what was deleted stays in pages that are split or free until something else is
 * written there, and in the log. PostgreSQL does the like by itself.
 * @returns whether nothing of it is left; false where the file is too large, or in use
 */
export async function clearTraces(db: Queries, kind: DatabaseKind): Promise<boolean> {
  if (kind !== 'sqlite') return true;
  await sql`insert into audit_words (audit_words) values ('optimize')`.execute(db);
  const { rows } = await sql<{ bytes: number }>`select page_count * page_size as bytes
    from pragma_page_count(), pragma_page_size()`.execute(db);
  if (Number(rows[0]?.bytes) > MOST_BYTES) return false;
  try {
    await sql`vacuum`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    return true;
  } catch (error) {
    if ([SQLITE.busy, SQLITE.full].some((code) => code === resultCode(error))) return false;
    throw error;
  }
}
