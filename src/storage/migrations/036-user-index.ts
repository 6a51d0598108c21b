import { type Kysely, sql } from 'kysely';
import type { MigrationTarget } from './column-types.ts';

/**
 * Gives SQLite's index of users by id a name, so that the first fill of an empty table can build it afterwards: filled
 * row by row it is written in random order, which costs more for each user the larger a tenant is. SQLite has no way to
 * drop the constraint of a column, so the table is written again. PostgreSQL keeps its constraint.
 */
export async function nameUserIndex(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  if (target !== 'sqlite') return;
  await sql`create table user_states_by_row (
    row_no integer primary key,
    id text not null,
    state text not null,
    licensed integer not null,
    first_seen_at integer not null,
    removed_at integer,
    version integer not null
  ) strict`.execute(db);
  await sql`insert into user_states_by_row
    select row_no, id, state, licensed, first_seen_at, removed_at, version from user_states`.execute(db);
  await sql`drop table user_states`.execute(db);
  await sql`alter table user_states_by_row rename to user_states`.execute(db);
  await sql`create unique index user_states_by_id on user_states (id)`.execute(db);
}
