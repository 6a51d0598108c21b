import { type Kysely, sql } from 'kysely';
import type { MigrationTarget } from './column-types.ts';

/** Makes the database itself refuse to change or remove rows of a ledger table, whoever asks. */
export async function makeAppendOnly(
  db: Kysely<unknown>,
  target: MigrationTarget,
  table: string,
): Promise<void> {
  if (target === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql`create trigger ${sql.id(`${table}_no_${act}`)} before ${sql.raw(act)} on ${sql.table(table)}
        begin select raise(abort, ${sql.lit(`${table} is append-only`)}); end`.execute(db);
    }
    return;
  }
  await sql`create or replace function refuse_ledger_change() returns trigger language plpgsql as
    $$ begin raise exception '% is append-only', tg_table_name using errcode = '55000'; end $$`.execute(db);
  await sql`create trigger ${sql.id(`${table}_append_only`)} before update or delete on ${sql.table(table)}
    for each row execute function refuse_ledger_change()`.execute(db);
  await sql`create trigger ${sql.id(`${table}_no_truncate`)} before truncate on ${sql.table(table)}
    for each statement execute function refuse_ledger_change()`.execute(db);
}
