import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll } from 'vitest';
import { createStore } from '../../../src/storage/create-store.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { openPostgresStaging } from '../../../src/storage/postgres-staging.ts';
import type { Tables } from '../../../src/storage/schema.ts';
import { storeContract } from './contract.ts';

/** PostgreSQL in this process. It has one connection, so that one instance serves all tests, each on a new schema. */
const database = new PGlite();
afterAll(() => database.close());

const connect = async () => {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: database }) });
  await migrate(db, 'postgres');
  const store = createStore({ db, kind: 'postgres', openStaging: openPostgresStaging(db) });
  // Closing a store would close the one database for all.
  return { db, store: { ...store, close: async () => undefined } };
};

storeContract('PostgreSQL (PGlite)', async () => {
  await database.exec('drop schema public cascade; create schema public');
  const { db, store } = await connect();
  return {
    store,
    another: async () => (await connect()).store,
    async execute(statement) {
      await sql.raw(statement).execute(db);
    },
    close: async () => undefined,
  };
});
