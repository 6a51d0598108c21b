import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Microsoft's own dates of each user's licenses, and how the daily read of them stands. */
export async function createLicenseDates(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('license_dates')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('read_at', int, (column) => column.notNull())
      .addColumn('plans', 'text')
      .addColumn('states', 'text')
      .addPrimaryKeyConstraint('license_dates_key', ['tenant_id', 'user_id']),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('license_dates_run')
      .addColumn('tenant_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('read_at', int)
      .addColumn('started_at', int)
      .addColumn('next_page', 'text')
      .addColumn('problem', 'text'),
  ).execute();
}
