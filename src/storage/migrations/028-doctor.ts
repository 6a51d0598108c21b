import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/**
 * What the doctor found when it looked last, a row a check, and an id by which this database is told from another
 * one: two processes with different databases for one tenant show different ones.
 */
export async function createDoctor(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('installations')
      .addColumn('tenant_id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('id', 'text', (column) => column.notNull()),
  ).execute();
  await sql`insert into installations (tenant_id, id) values ('', ${randomUUID()})`.execute(db);
  await strict(
    target,
    db.schema
      .createTable('doctor_findings')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('check_name', 'text', (column) => column.notNull())
      .addColumn('ok', int)
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('looked_at', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('doctor_findings_key', ['tenant_id', 'check_name']),
  ).execute();
}
