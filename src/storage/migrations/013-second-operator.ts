import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/**
 * What waits for a second operator: changes of licenses beside any incident, and on an incident until when, so that
 * what is too late is found however many decisions came after it.
 */
export async function createSecondOperator(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('asked_changes')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('asked_at', int, (column) => column.notNull())
      .addColumn('revision', int, (column) => column.notNull())
      .addColumn('ended', int, (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('asked_changes_key', ['tenant_id', 'id']),
  ).execute();
  await sql`create index asked_changes_waiting on asked_changes (tenant_id, asked_at) where ended = 0`.execute(
    db,
  );

  await db.schema.alterTable('incidents').addColumn('request_until', int).execute();
  await (target === 'sqlite'
    ? sql`update incidents set request_until = json_extract(body, '$.request.expiresAt')`
    : sql`update incidents set request_until = (body::json -> 'request' ->> 'expiresAt')::bigint`
  ).execute(db);
  await sql`create index incidents_by_request on incidents (request_until) where request_until is not null`.execute(
    db,
  );
}
