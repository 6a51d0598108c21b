import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Which permissions the tenant gives us, as it was known last. */
export async function createOwnAccess(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('own_access')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('permission', 'text', (column) => column.notNull())
      .addColumn('held', int, (column) => column.notNull())
      .addColumn('since', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('own_access_key', ['tenant_id', 'permission']),
  ).execute();
}
