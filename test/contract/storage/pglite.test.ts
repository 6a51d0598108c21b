import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll } from 'vitest';
import { createStore } from '../../../src/storage/create-store.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { openPostgresStaging } from '../../../src/storage/postgres-staging.ts';
import type { Tables } from '../../../src/storage/schema.ts';
import { storeContract } from './contract.ts';

/** PostgreSQL in this process. Starting one takes a second, so that one serves all tests, emptied before each. */
const database = new PGlite();
afterAll(() => database.close());

const connect = async () => {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: database }) });
  await migrate(db, 'postgres');
  const store = createStore({ db, kind: 'postgres', openStaging: openPostgresStaging(db) });
  // Closing a store would close the one database for all.
  return { db, store: { ...store, close: async () => undefined } };
};

/** As a replica's superuser, whom the ledgers' triggers do not stop. */
const EMPTY = `
  set session_replication_role = replica;
  do $$ begin
    execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity'
      from pg_tables where schemaname = 'public' and tablename not like 'kysely%');
  end $$;
  insert into watch_state (id, version, present_users, licensed_users) values (1, 0, 0, 0);
  set session_replication_role = origin;`;

storeContract('PostgreSQL (PGlite)', async () => {
  const { db, store } = await connect();
  await database.exec(EMPTY);
  return {
    store,
    another: async () => (await connect()).store,
    async execute(statement) {
      await sql.raw(statement).execute(db);
    },
    close: async () => undefined,
  };
});
