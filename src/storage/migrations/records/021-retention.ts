import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from '../column-types.ts';

/** What retention by policies looks at, and who is on hold. Records of before have no type: their text tells it. */
export async function createRetention(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await db.schema.alterTable('audit_events').addColumn('record_type', 'text').execute();
  await strict(
    target,
    db.schema
      .createTable('legal_holds')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('person_id', 'text', (column) => column.notNull())
      .addColumn('names', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('since', int, (column) => column.notNull())
      .addColumn('ended_at', int)
      .addPrimaryKeyConstraint('legal_holds_key', ['tenant_id', 'person_id', 'since']),
  ).execute();
}
