import { type Kysely, sql } from 'kysely';
import { makeAppendOnly } from '../append-only.ts';
import { integer, type MigrationTarget, strict } from '../column-types.ts';

/** Under what audit records are found, their words, and who searched. */
export async function createSearch(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  const terms = db.schema
    .createTable('audit_terms')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('term', int, (column) => column.notNull())
    .addColumn('at', int, (column) => column.notNull())
    .addColumn('event_no', int, (column) => column.notNull())
    .addPrimaryKeyConstraint('audit_terms_key', ['tenant_id', 'term', 'at', 'event_no']);
  await (target === 'sqlite' ? terms.modifyEnd(sql`strict, without rowid`) : terms).execute();

  if (target === 'sqlite') {
    await sql`create virtual table audit_words using fts5(words, content='', contentless_delete=1,
      detail='none', tokenize='unicode61')`.execute(db);
  } else {
    await db.schema
      .createTable('audit_words')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('event_no', int, (column) => column.notNull())
      .addColumn('words', sql`tsvector`, (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_words_key', ['tenant_id', 'event_no'])
      .execute();
    await sql`create index audit_words_by_word on audit_words using gin (words)`.execute(db);
  }

  await strict(
    target,
    db.schema
      .createTable('audit_search_state')
      .addColumn('tenant_id', 'text', (column) => column.primaryKey().notNull())
      // Records of before the index that are still to be indexed: up to this number, from the one beside it on.
      .addColumn('older_from', int, (column) => column.notNull())
      .addColumn('older_to', int, (column) => column.notNull()),
  ).execute();
  await sql`insert into audit_search_state (tenant_id, older_from, older_to)
    select '', 0, coalesce(max(row_no), -1) from audit_events`.execute(db);

  await strict(
    target,
    db.schema
      .createTable('audit_searches')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('seq', int, (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('by_whom', 'text', (column) => column.notNull())
      .addColumn('asked', 'text', (column) => column.notNull())
      .addColumn('people', 'text', (column) => column.notNull())
      .addColumn('found', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('audit_searches_key', ['tenant_id', 'seq']),
  ).execute();
  await makeAppendOnly(db, target, 'audit_searches');
}
