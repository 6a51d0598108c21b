import { type Kysely, sql } from 'kysely';
import { makeAppendOnly } from './append-only.ts';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** What was done with what is stored about people, and how an erasure puts a pseudonym into the ledgers. */
export async function createPeople(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('person_log')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('act', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('by_user', 'text', (column) => column.notNull())
      .addColumn('counts', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('person_log_key', ['tenant_id', 'id']),
  ).execute();
  await makeAppendOnly(db, target, 'person_log');
  await strict(
    target,
    db.schema
      .createTable('erasures')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('names', 'text', (column) => column.notNull())
      .addColumn('pseudonym', 'text', (column) => column.notNull())
      .addColumn('counts', 'text', (column) => column.notNull())
      .addColumn('open', int, (column) => column.notNull())
      .addPrimaryKeyConstraint('erasures_key', ['tenant_id', 'person']),
  ).execute();
  await letAnErasureRewrite(db, target);
}

const LEDGERS = ['license_changes', 'attributions', 'decisions', 'alert_notes', 'person_log'] as const;

/**
 * Ledgers stay append-only. The one exception is the erasure of a person: inside its transactions, and only there, its
 * row is open, and then a row may be written again, with a pseudonym. None may go for that.
 */
async function letAnErasureRewrite(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const isErasing = sql`exists (select 1 from erasures where open = 1)`;
  if (target === 'sqlite') {
    for (const table of LEDGERS) {
      await sql`drop trigger ${sql.id(`${table}_no_update`)}`.execute(db);
      await sql`create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.table(table)}
        when not ${isErasing}
        begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
    }
    return;
  }
  await sql`create function let_erasure_update() returns trigger language plpgsql as $$ begin
    if ${isErasing} then return new; end if;
    raise exception '% is append-only', tg_table_name using errcode = '55000';
  end $$`.execute(db);
  for (const table of LEDGERS) {
    const refusesDelete = table === 'alert_notes' ? 'keep_alert_notes' : 'refuse_ledger_change';
    await sql`drop trigger ${sql.id(`${table}_append_only`)} on ${sql.table(table)}`.execute(db);
    await sql`create trigger ${sql.id(`${table}_append_only`)} before delete on ${sql.table(table)}
      for each row execute function ${sql.raw(refusesDelete)}()`.execute(db);
    await sql`create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.table(table)}
      for each row execute function let_erasure_update()`.execute(db);
  }
}
