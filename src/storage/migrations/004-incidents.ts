import { type Kysely, sql } from 'kysely';
import { makeAppendOnly } from './append-only.ts';
import { integer, type MigrationTarget, numbered, strict } from './column-types.ts';

/** Incidents, what was told about them, and what people decided. */
export async function createIncidents(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('incidents')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('opened_at', int, (column) => column.notNull())
      .addColumn('revision', int, (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull()),
  ).execute();
  await sql`create unique index incidents_open on incidents (fingerprint) where status = 'open'`.execute(db);
  await sql`create index incidents_open_by_age on incidents (opened_at) where status = 'open'`.execute(db);
  await db.schema.createIndex('incidents_by_opening').on('incidents').column('opened_at').execute();

  await strict(
    target,
    db.schema
      .createTable('incident_changes')
      .addColumn('change_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('incident_id', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema
    .createIndex('incident_changes_by_incident')
    .on('incident_changes')
    .column('incident_id')
    .execute();

  await strict(
    target,
    db.schema
      .createTable('outbox')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('key', 'text', (column) => column.notNull().unique())
      .addColumn('message', 'text', (column) => column.notNull())
      .addColumn('not_before', int, (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('done', int, (column) => column.notNull())
      .addColumn('attempts', int, (column) => column.notNull())
      .addColumn('target_key', 'text')
      .addColumn('last_error', 'text'),
  ).execute();
  await sql`create index outbox_waiting on outbox (row_no, not_before) where done = 0`.execute(db);

  await strict(
    target,
    db.schema
      .createTable('posted_cards')
      .addColumn('incident_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('target_key', 'text', (column) => column.notNull())
      .addColumn('target_name', 'text', (column) => column.notNull())
      .addColumn('activity_id', 'text', (column) => column.notNull())
      .addColumn('revision', int, (column) => column.notNull())
      .addColumn('posted_at', int, (column) => column.notNull()),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('decisions')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('incident_id', 'text')
      .addColumn('body', 'text', (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('decisions_by_incident').on('decisions').column('incident_id').execute();
  await makeAppendOnly(db, target, 'decisions');

  await strict(
    target,
    db.schema
      .createTable('restore_steps')
      .addColumn('decision_id', 'text', (column) => column.notNull())
      .addColumn('step_no', int, (column) => column.notNull())
      .addColumn('user_id', 'text', (column) => column.notNull())
      .addColumn('add_licenses', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('message', 'text')
      .addColumn('updated_at', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('restore_steps_key', ['decision_id', 'step_no']),
  ).execute();
  await sql`create index restore_steps_planned on restore_steps (decision_id) where status = 'planned'`.execute(
    db,
  );
}
