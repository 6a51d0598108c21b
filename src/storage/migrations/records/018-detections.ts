import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, strict } from '../column-types.ts';

/** Which records match which rules, the alerts that came of them, and what people said to expect. */
export async function createDetections(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('detection_matches')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('rule_id', 'text', (column) => column.notNull())
      .addColumn('record_id', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('received_at', int, (column) => column.notNull())
      .addColumn('together', 'text')
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('labels', 'text', (column) => column.notNull())
      .addColumn('fields', 'text', (column) => column.notNull())
      .addColumn('told_at', int)
      .addPrimaryKeyConstraint('detection_matches_key', ['tenant_id', 'rule_id', 'record_id']),
  ).execute();
  await sql`create index detection_matches_new on detection_matches (tenant_id, received_at)
    where told_at is null`.execute(db);
  await db.schema
    .createIndex('detection_matches_by_rule')
    .on('detection_matches')
    .columns(['tenant_id', 'rule_id', 'at'])
    .execute();
  await db.schema
    .createIndex('detection_matches_by_time')
    .on('detection_matches')
    .columns(['tenant_id', 'at'])
    .execute();

  await strict(
    target,
    db.schema
      .createTable('security_incidents')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('identity', 'text', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('opened_at', int, (column) => column.notNull())
      .addColumn('last_at', int, (column) => column.notNull())
      .addColumn('revision', int, (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('security_incidents_key', ['tenant_id', 'id']),
  ).execute();
  await sql`create unique index security_incidents_open on security_incidents (tenant_id, identity)
    where status = 'open'`.execute(db);
  await db.schema
    .createIndex('security_incidents_by_time')
    .on('security_incidents')
    .columns(['tenant_id', 'opened_at'])
    .execute();

  await strict(
    target,
    db.schema
      .createTable('security_rules')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('made_at', int, (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('security_rules_key', ['tenant_id', 'id']),
  ).execute();
}
