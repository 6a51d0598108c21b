import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll } from 'vitest';
import { createStore } from '../../../src/storage/create-store.ts';
import { Fence } from '../../../src/storage/database/fence.ts';
import { migrate } from '../../../src/storage/database/migrate.ts';
import type { Tables } from '../../../src/storage/database/schema.ts';
import { openPostgresStaging } from '../../../src/storage/scans/postgres-staging.ts';
import { storeContract } from './contract.ts';
import { EMPTY_POSTGRES } from './database/empty-postgres.ts';

/** PostgreSQL in this process. Starting one takes a second, so that one serves all tests, emptied before each. */
const database = new PGlite();
afterAll(() => database.close());

const connect = async () => {
  const fence = new Fence('postgres');
  const db = new Kysely<Tables>({ dialect: fence.around(new PGliteDialect({ pglite: database })) });
  await migrate(db, 'postgres');
  const store = createStore({ db, kind: 'postgres', openStaging: openPostgresStaging(db), fence });
  // Closing a store would close the one database for all.
  return { db, store: { ...store, close: async () => undefined } };
};

storeContract('PostgreSQL (PGlite)', async () => {
  const { db, store } = await connect();
  await database.exec(EMPTY_POSTGRES);
  return {
    store,
    another: async () => (await connect()).store,
    async execute(statement) {
      await sql.raw(statement).execute(db);
    },
    close: async () => undefined,
  };
});
