import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** When each account was last used, by read: the rows of a read count only once the state names it. */
export async function createSignIns(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('sign_ins')
      .addColumn('read_no', int, (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('created_at', int)
      .addColumn('interactive_at', int)
      .addColumn('non_interactive_at', int)
      .addColumn('successful_at', int)
      .addPrimaryKeyConstraint('sign_ins_key', ['read_no', 'user_id']),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('sign_in_state')
      .addColumn('id', int, (column) => column.primaryKey().notNull())
      .addColumn('read_no', int, (column) => column.notNull())
      .addColumn('read_at', int)
      .addColumn('problem', 'text'),
  ).execute();
}
