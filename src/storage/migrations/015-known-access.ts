import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Who might read what when their roles could last be read, for an hour in which the directory is away. */
export async function createKnownAccess(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  await strict(
    target,
    db.schema
      .createTable('known_access')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('sees', 'text')
      .addColumn('known_at', integer(target), (column) => column.notNull())
      .addPrimaryKeyConstraint('known_access_key', ['tenant_id', 'user_id']),
  ).execute();
}
