import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** What the running bot remembers: conversations, who holds which lease, when each job ran. */
export async function createOperations(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('conversations')
      .addColumn('key', 'text', (column) => column.primaryKey().notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('tenant_id', 'text')
      .addColumn('team_id', 'text')
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('alerts', int, (column) => column.notNull())
      .addColumn('unreachable', 'text')
      .addColumn('updated_at', int, (column) => column.notNull()),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('leases')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('holder', 'text', (column) => column.notNull())
      .addColumn('expires_at', int, (column) => column.notNull()),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('job_runs')
      .addColumn('name', 'text', (column) => column.primaryKey().notNull())
      .addColumn('started_at', int, (column) => column.notNull())
      .addColumn('finished_at', int)
      .addColumn('ok', int)
      .addColumn('last_success_at', int)
      .addColumn('detail', 'text'),
  ).execute();
}
