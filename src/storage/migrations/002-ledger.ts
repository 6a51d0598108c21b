import type { Kysely } from 'kysely';
import { makeAppendOnly } from './append-only.ts';
import { integer, type MigrationTarget, numbered, strict } from './column-types.ts';

/** License changes, and the numbered verdicts on them. */
export async function createChanges(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('license_changes')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('scan_id', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text')
      .addColumn('sku_id', 'text')
      .addColumn('new_sku_id', 'text')
      .addColumn('path', 'text')
      .addColumn('observed_before', int, (column) => column.notNull())
      .addColumn('observed_after', int, (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull()),
  ).execute();
  for (const [name, columns] of [
    ['license_changes_by_user', ['user_id', 'observed_after']],
    ['license_changes_by_sku', ['sku_id', 'observed_after']],
    ['license_changes_by_new_sku', ['new_sku_id', 'observed_after']],
    ['license_changes_by_scan', ['scan_id']],
    ['license_changes_by_time', ['observed_after']],
  ] as const) {
    await db.schema
      .createIndex(name)
      .on('license_changes')
      .columns([...columns])
      .execute();
  }
  await makeAppendOnly(db, target, 'license_changes');

  await strict(
    target,
    db.schema
      .createTable('change_settling')
      .addColumn('change_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('due_at', int, (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('change_settling_due').on('change_settling').column('due_at').execute();

  await strict(
    target,
    db.schema
      .createTable('attributions')
      .addColumn('change_id', 'text', (column) => column.notNull())
      .addColumn('revision', int, (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('cause', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('attributions_key', ['change_id', 'revision']),
  ).execute();
  await makeAppendOnly(db, target, 'attributions');
}
