import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../../src/storage/create-store.ts';
import { openPostgres } from '../../../src/storage/open-postgres.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aPostgresDatabase, type TestDatabase } from '../../postgres/database.ts';
import { storeContract } from './contract.ts';
import { EMPTY_POSTGRES } from './database/empty-postgres.ts';

describe('PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aPostgresDatabase();
  });
  afterAll(() => database?.drop());

  it('several processes may open a new database at the same moment', async () => {
    const { url } = database;
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ url })));
    for (const store of stores) await store.close();
    expect(stores).toHaveLength(4);
  });

  storeContract('PostgreSQL', async () => {
    const { url } = database;
    await (await openStore({ url })).close();
    await database.execute(EMPTY_POSTGRES);
    const open = await openPostgres(url);
    return {
      store: createStore(open),
      another: () => openStore({ url }),
      async execute(statement) {
        await sql.raw(statement).execute(open.db);
      },
      close: () => open.db.destroy(),
    };
  });
});
