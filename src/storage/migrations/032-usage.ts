import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

const WORKLOADS = ['exchange', 'onedrive', 'sharepoint', 'teams', 'yammer', 'skype', 'apps', 'desktop'];

/**
 * What Microsoft's usage reports say of each user, and how the reads of them stand. `<workload>_run` is the read that
 * found the user in a report of the workload; `<workload>_at` the day of the last activity, null for none.
 */
export async function createUsage(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  let facts = db.schema
    .createTable('usage_facts')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull());
  for (const workload of WORKLOADS) {
    facts = facts.addColumn(`${workload}_run`, int).addColumn(`${workload}_at`, int);
  }
  await strict(
    target,
    facts
      .addColumn('mailbox_run', int)
      .addColumn('mailbox_bytes', int)
      .addColumn('mailbox_archive', int)
      .addColumn('mailbox_kind', 'text')
      .addColumn('drive_run', int)
      .addColumn('drive_bytes', int)
      .addColumn('purpose', 'text')
      .addColumn('purpose_at', int)
      .addPrimaryKeyConstraint('usage_facts_key', ['tenant_id', 'user_id']),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('usage_reports')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('report', 'text', (column) => column.notNull())
      .addColumn('run', int)
      .addColumn('refreshed_at', int)
      .addColumn('period_days', int, (column) => column.notNull())
      .addColumn('workloads', 'text', (column) => column.notNull())
      .addColumn('rows_read', int, (column) => column.notNull())
      .addColumn('unmatched', int, (column) => column.notNull())
      .addColumn('problem', 'text')
      .addPrimaryKeyConstraint('usage_reports_key', ['tenant_id', 'report']),
  ).execute();
}
