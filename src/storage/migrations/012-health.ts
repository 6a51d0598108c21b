import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/**
 * Whether the tenant audits, as far as anybody told; since when a source of records fails or is silent; and a row to
 * try whether the database takes writes.
 */
export async function createHealth(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('auditing')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('since', int)
      .addColumn('answer', 'text')
      .addColumn('answer_at', int)
      .addColumn('record', 'text')
      .addColumn('record_at', int)
      .addColumn('asked_at', int)
      .addColumn('detail', 'text')
      .addPrimaryKeyConstraint('auditing_key', ['tenant_id']),
  ).execute();

  for (const name of ['failures', 'failing_since', 'silent_since'])
    await db.schema.alterTable('audit_sources').addColumn(name, int).execute();

  await strict(
    target,
    db.schema
      .createTable('write_probes')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('filler', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('write_probes_key', ['tenant_id']),
  ).execute();
}
