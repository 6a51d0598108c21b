import { sql } from 'kysely';
import type { Queries } from '../../../../src/storage/database/connection.ts';

const NOT_OURS = /^(sqlite_|kysely_|audit_words_)/;

/** How many rows each table of a SQLite database has, as its schema names them. */
export async function countRows(db: Queries): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
    db,
  );
  const names = rows.map(({ name }) => name).filter((name) => !NOT_OURS.test(name));
  const counts = new Map<string, number>();
  for (const name of names) {
    const counted = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db);
    counts.set(name, counted.rows[0]?.n ?? 0);
  }
  return counts;
}
