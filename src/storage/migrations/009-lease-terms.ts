import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/**
 * A lease is held for a term, which has a number of its own: whoever writes under it finds its number in the
 * lease row. The last number given out is kept apart, so that it also grows where a lease was given back.
 */
export async function createLeaseTerms(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  for (const column of ['token', 'renewals']) {
    await db.schema
      .alterTable('leases')
      .addColumn(column, int, (definition) => definition.notNull().defaultTo(0))
      .execute();
  }
  await strict(
    target,
    db.schema
      .createTable('lease_terms')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('last_token', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('lease_terms_key', ['tenant_id', 'name']),
  ).execute();
}
