import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, numbered, strict } from './column-types.ts';

/** Every kind of step that follows from a decision; rules, silences and marks; the log of decisions by time. */
export async function createStanding(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await db.schema.createIndex('decisions_by_time').on('decisions').column('at').execute();
  await createSteps(db, target);
  await carryStepsOver(db);
  await db.schema.dropTable('restore_steps').execute();

  await strict(
    target,
    db.schema
      .createTable('standing_rules')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('body', 'text', (column) => column.notNull()),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('silences')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('until_at', int, (column) => column.notNull())
      .addColumn('ended_at', int)
      .addColumn('body', 'text', (column) => column.notNull()),
  ).execute();

  await strict(
    target,
    db.schema
      .createTable('watch_marks')
      .addColumn('subject_kind', 'text', (column) => column.notNull())
      .addColumn('subject_id', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('marked_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('watch_marks_key', ['subject_kind', 'subject_id']),
  ).execute();
}

async function createSteps(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('decision_steps')
      .addColumn('decision_id', 'text', (column) => column.notNull())
      .addColumn('step_no', int, (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('undo', 'text')
      .addColumn('user_ids', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('code', 'text')
      .addColumn('message', 'text')
      .addColumn('updated_at', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('decision_steps_key', ['decision_id', 'step_no']),
  ).execute();
  await sql`create index decision_steps_open on decision_steps (decision_id)
    where status in ('planned', 'sending')`.execute(db);
  await db.schema.createIndex('decision_steps_by_time').on('decision_steps').column('updated_at').execute();
}

type FormerStep = {
  decision_id: string;
  step_no: number | string;
  user_id: string;
  add_licenses: string;
  status: string;
  message: string | null;
  updated_at: number | string;
};

/**
 * A former step always was a direct assignment. Whether one that was carried out had changed anything was not
 * noted, so that there is nothing that could be taken back without harm; one that still waits can be.
 */
async function carryStepsOver(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<FormerStep>`select * from restore_steps`.execute(db);
  for (const row of rows) {
    const licenses: { skuId: string }[] = JSON.parse(row.add_licenses);
    const action = JSON.stringify({ kind: 'assign', userId: row.user_id, licenses });
    const undo =
      row.status === 'planned'
        ? JSON.stringify({
            kind: 'unassign',
            userId: row.user_id,
            skuIds: licenses.map(({ skuId }) => skuId),
          })
        : null;
    await sql`insert into decision_steps
      (decision_id, step_no, action, undo, user_ids, status, code, message, updated_at)
      values (${row.decision_id}, ${row.step_no}, ${action}, ${undo}, ${JSON.stringify([row.user_id])},
        ${row.status}, ${row.status === 'refused' || row.status === 'failed' ? row.status : null},
        ${row.message}, ${row.updated_at})`.execute(db);
  }
}
