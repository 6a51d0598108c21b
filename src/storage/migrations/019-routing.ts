import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** What waits for a digest, posted cards to which nobody has reacted yet, and the routes that were good last. */
export async function createRouting(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('tenant_id', 'text', (column) => column.notNull());
  await strict(
    target,
    table('digest_entries')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('target_key', 'text', (column) => column.notNull())
      .addColumn('at', integer(target), (column) => column.notNull())
      .addColumn('due_at', integer(target), (column) => column.notNull())
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('line', 'text', (column) => column.notNull())
      .addColumn('class', 'text', (column) => column.notNull())
      .addColumn('told_at', integer(target))
      .addPrimaryKeyConstraint('digest_entries_key', ['tenant_id', 'key', 'target_key']),
  ).execute();
  await db.schema
    .createIndex('digest_entries_by_told')
    .on('digest_entries')
    .columns(['tenant_id', 'told_at', 'due_at'])
    .execute();
  await strict(
    target,
    table('escalations')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('target_key', 'text', (column) => column.notNull())
      .addColumn('on_call', 'text')
      .addColumn('due_at', integer(target), (column) => column.notNull())
      .addColumn('outcome', 'text')
      .addColumn('ended_at', integer(target))
      .addPrimaryKeyConstraint('escalations_key', ['tenant_id', 'key']),
  ).execute();
  await db.schema
    .createIndex('escalations_by_end')
    .on('escalations')
    .columns(['tenant_id', 'ended_at', 'due_at'])
    .execute();
  await strict(
    target,
    table('kept_routes')
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('at', integer(target), (column) => column.notNull())
      .addPrimaryKeyConstraint('kept_routes_key', ['tenant_id']),
  ).execute();
}
