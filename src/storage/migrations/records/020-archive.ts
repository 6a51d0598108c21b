import type { Kysely } from 'kysely';
import { makeAppendOnly } from '../append-only.ts';
import { integer, type MigrationTarget, strict } from '../column-types.ts';

/** The chain that proves the archive: a link for each day of each batch of records, and for each removal. */
export async function createArchiveChain(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('archive_links')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('written_at', int, (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('key_id', 'text', (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('archive_links_key', ['tenant_id', 'seq']),
  ).execute();
  await makeAppendOnly(db, target, 'archive_links');

  await strict(
    target,
    db.schema
      .createTable('archive_heads')
      .addColumn('tenant_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('mac', 'text', (column) => column.notNull())
      // Rows of before the chain that are still to be sealed: up to this number, from the one beside it on.
      .addColumn('older_from', int, (column) => column.notNull())
      .addColumn('older_to', int, (column) => column.notNull()),
  ).execute();
}
