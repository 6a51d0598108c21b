import { type Kysely, sql } from 'kysely';
import type { MigrationTarget } from '../column-types.ts';

/**
 * Lets all records be indexed again, in the background: terms have other numbers, which are made in a tenth of the time,
 * and the pieces of ids are no words any more.
 */
export async function indexAgain(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  if (target === 'sqlite') {
    await sql`delete from audit_terms`.execute(db);
    await sql`insert into audit_words (audit_words) values ('delete-all')`.execute(db);
  } else {
    await sql`truncate audit_terms, audit_words`.execute(db);
  }
  await sql`update audit_search_state set older_from = 0,
    older_to = (select coalesce(max(row_no), -1) from audit_events)`.execute(db);
}
