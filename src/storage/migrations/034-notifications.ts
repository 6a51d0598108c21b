import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Graph's change notifications: our subscriptions, what was notified and not read yet, and counts. */
export async function createNotifications(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('change_subscriptions')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('resource', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('client_state', 'text', (column) => column.notNull())
      .addColumn('url', 'text', (column) => column.notNull())
      .addColumn('expires_at', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('change_subscriptions_key', ['tenant_id', 'resource']),
  ).execute();
  await strict(
    target,
    db.schema
      .createTable('notified_objects')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('resource', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('notified_objects_key', ['tenant_id', 'resource', 'id']),
  ).execute();
  await strict(
    target,
    db.schema
      .createTable('notification_counts')
      .addColumn('tenant_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('since', int, (column) => column.notNull())
      .addColumn('last_at', int)
      .addColumn('received', int, (column) => column.notNull())
      .addColumn('refused', int, (column) => column.notNull())
      .addColumn('unreadable', int, (column) => column.notNull())
      .addColumn('changes_notified', int, (column) => column.notNull())
      .addColumn('changes_scanned', int, (column) => column.notNull()),
  ).execute();
}
