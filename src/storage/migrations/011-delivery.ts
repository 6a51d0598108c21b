import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget } from './column-types.ts';

/**
 * What delivery keeps beyond the message: since when it waits, whether it may have been sent, which cards stand, what
 * they say, how long a channel is left in peace, and the group behind its team.
 */
export async function createDelivery(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await db.schema.alterTable('outbox').addColumn('waits_since', int).execute();
  await db.schema
    .alterTable('outbox')
    .addColumn('unknown_sends', int, (column) => column.notNull().defaultTo(0))
    .execute();
  // Of what failed before, only the time of the next try was kept.
  await sql`update outbox set waits_since = not_before`.execute(db);

  await db.schema
    .alterTable('posted_cards')
    .addColumn('gone', int, (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('posted_cards').addColumn('copies', 'text').execute();
  await db.schema.alterTable('posted_cards').addColumn('posted_again', 'text').execute();
  await db.schema.alterTable('posted_cards').addColumn('shown', 'text').execute();

  await db.schema.alterTable('conversations').addColumn('group_id', 'text').execute();
  await db.schema.alterTable('conversations').addColumn('paused_until', int).execute();
  await db.schema
    .alterTable('conversations')
    .addColumn('pause_asked', int, (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('conversations')
    .addColumn('failed_sends', int, (column) => column.notNull().defaultTo(0))
    .execute();
}
