import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { afterAll } from 'vitest';
import { createStore } from '../../../../src/storage/create-store.ts';
import { Fence } from '../../../../src/storage/database/fence.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import type { Tables } from '../../../../src/storage/database/schema.ts';
import { openPostgresStaging } from '../../../../src/storage/scans/postgres-staging.ts';
import { EMPTY_POSTGRES } from '../database/empty-postgres.ts';
import { peopleContract } from './people-contract.ts';

/** Starting one takes a second, so that one serves all tests, emptied before each. */
const database = new PGlite();
afterAll(() => database.close());

peopleContract('PostgreSQL (PGlite)', async () => {
  const fence = new Fence('postgres');
  const db = new Kysely<Tables>({ dialect: fence.around(new PGliteDialect({ pglite: database })) });
  await migrate(db, 'postgres');
  await database.exec(EMPTY_POSTGRES);
  const store = createStore(
    { db, kind: 'postgres', openStaging: openPostgresStaging(db), fence },
    { archiveKeys: ['correct horse battery staple'] },
  );
  return { db, kind: 'postgres', store, close: async () => undefined };
});
