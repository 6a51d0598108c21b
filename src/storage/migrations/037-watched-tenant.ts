import type { Kysely } from 'kysely';

/** Which tenant the database watches; null until it is opened with one. */
export async function rememberTenant(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('watch_state').addColumn('watched_tenant', 'text').execute();
}
