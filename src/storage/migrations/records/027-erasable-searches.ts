import { type Kysely, sql } from 'kysely';
import type { MigrationTarget } from '../column-types.ts';

/**
 * Lets an erasure write a row of the log of searches again, with a pseudonym: who searched for somebody who is erased
 * stays, the name does not. Nothing else may change it, and no row may go.
 */
export async function letErasureRewriteSearches(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const table = 'audit_searches';
  if (target === 'sqlite') {
    await sql`drop trigger ${sql.id(`${table}_no_update`)}`.execute(db);
    await sql`create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.table(table)}
      when not exists (select 1 from erasures where open = 1)
      begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
    return;
  }
  await sql`drop trigger ${sql.id(`${table}_append_only`)} on ${sql.table(table)}`.execute(db);
  await sql`create trigger ${sql.id(`${table}_append_only`)} before delete on ${sql.table(table)}
    for each row execute function refuse_ledger_change()`.execute(db);
  await sql`create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.table(table)}
    for each row execute function let_erasure_update()`.execute(db);
}
