import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Settings that owners set in chat, and changes of them that wait for a second owner. */
export async function createChatSettings(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('tenant_id', 'text', (column) => column.notNull());
  await strict(
    target,
    table('chat_settings')
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('at', integer(target), (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('chat_settings_key', ['tenant_id', 'key']),
  ).execute();
  await strict(
    target,
    table('setting_requests')
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', integer(target), (column) => column.notNull())
      .addColumn('expires_at', integer(target), (column) => column.notNull())
      .addColumn('asked_by', 'text', (column) => column.notNull())
      .addColumn('changes', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('setting_requests_key', ['tenant_id', 'id']),
  ).execute();
}
