import process from 'node:process';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createStore } from '../../../src/storage/create-store.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { openPostgres } from '../../../src/storage/open-postgres.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { storeContract } from './contract.ts';

/** A server that the tests may use, as `postgres://user:password@host/database`; they keep to one schema of it. */
const server = process.env.TEST_POSTGRES_URL ?? '';
const SCHEMA = 'license_watch_contract';

/** The URL of the schema, emptied. */
async function emptySchema(): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(
    `set client_min_messages = error; drop schema if exists ${SCHEMA} cascade; create schema ${SCHEMA}`,
  );
  await client.end();
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${SCHEMA}`);
  return url.href;
}

describe.runIf(server !== '')('with TEST_POSTGRES_URL', () => {
  it('several processes may open a new database at the same moment', async () => {
    const url = await emptySchema();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ url })));
    for (const store of stores) await store.close();
    expect(stores).toHaveLength(4);
  });

  storeContract('PostgreSQL', async () => {
    const url = await emptySchema();
    const open = await openPostgres(url);
    await migrate(open.db, open.kind);
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
