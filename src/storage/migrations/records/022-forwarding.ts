import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from '../column-types.ts';

/** How far a SIEM has the archive. */
export async function createForwarding(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('forwarding')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('siem', 'text', (column) => column.notNull())
      .addColumn('row_no', int, (column) => column.notNull())
      .addColumn('sent', int, (column) => column.notNull())
      .addColumn('refused', int, (column) => column.notNull())
      .addColumn('head', 'text')
      .addColumn('head_at', int)
      .addColumn('failures', int, (column) => column.notNull())
      .addColumn('failing_since', int)
      .addColumn('problem', 'text')
      .addColumn('not_before', int)
      .addPrimaryKeyConstraint('forwarding_key', ['tenant_id', 'siem']),
  ).execute();
}
