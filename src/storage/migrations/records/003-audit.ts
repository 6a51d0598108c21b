import type { Kysely } from 'kysely';
import { makeAppendOnly } from '../append-only.ts';
import { integer, type MigrationTarget, numbered, strict } from '../column-types.ts';

/** The archive of audit records, how far each source was read, and Microsoft's service issues. */
export async function createAudit(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('audit_events')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('received_at', int, (column) => column.notNull())
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('workload', 'text', (column) => column.notNull())
      .addColumn('result', 'text', (column) => column.notNull())
      .addColumn('actor_kind', 'text')
      .addColumn('actor_id', 'text')
      .addColumn('actor_name', 'text')
      .addColumn('correlation_id', 'text')
      .addColumn('client_ip', 'text')
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('raw', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('audit_events_by_time').on('audit_events').column('at').execute();
  await db.schema
    .createIndex('audit_events_by_actor')
    .on('audit_events')
    .columns(['actor_id', 'at'])
    .execute();
  await makeAppendOnly(db, target, 'audit_events');

  await strict(
    target,
    db.schema
      .createTable('audit_targets')
      .addColumn('target_id', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('event_no', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_targets_key', ['target_id', 'at', 'event_no']),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('audit_sources')
      .addColumn('source', 'text', (column) => column.primaryKey().notNull())
      .addColumn('complete_to', int)
      .addColumn('problem_code', 'text')
      .addColumn('problem_message', 'text')
      .addColumn('problem_at', int),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('service_issues')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('start_at', int, (column) => column.notNull())
      .addColumn('end_at', int)
      .addColumn('issue', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('service_issues_by_start').on('service_issues').column('start_at').execute();
}
