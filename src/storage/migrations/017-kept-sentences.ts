import type { Kysely } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Sentences that were not understood or not clear, without names and without who asked. */
export async function createKeptSentences(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  await strict(
    target,
    db.schema
      .createTable('kept_sentences')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', integer(target), (column) => column.notNull())
      .addColumn('language', 'text')
      .addColumn('sentence', 'text', (column) => column.notNull())
      .addColumn('offered', 'text', (column) => column.notNull())
      .addColumn('pressed', 'text')
      .addPrimaryKeyConstraint('kept_sentences_key', ['tenant_id', 'id']),
  ).execute();
  await db.schema
    .createIndex('kept_sentences_by_time')
    .on('kept_sentences')
    .columns(['tenant_id', 'at', 'id'])
    .execute();
}
