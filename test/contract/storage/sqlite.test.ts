import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { createStore } from '../../../src/storage/create-store.ts';
import { migrate } from '../../../src/storage/database/migrate.ts';
import { openSqlite } from '../../../src/storage/open-sqlite.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { storeContract } from './contract.ts';
import type { StoreFixture } from './store-under-test.ts';

async function fixtureOn(file: string): Promise<StoreFixture> {
  const open = await openSqlite(file);
  await migrate(open.db, open.kind);
  return {
    store: createStore(open),
    another: file === ':memory:' ? null : () => openStore({ url: `file:${file}` }),
    async execute(statement) {
      await sql.raw(statement).execute(open.db);
    },
    close: () => open.db.destroy(),
  };
}

storeContract('SQLite in memory', () => fixtureOn(':memory:'));

storeContract('a SQLite file', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
  const fixture = await fixtureOn(path.join(folder, 'store.db'));
  return {
    ...fixture,
    async close() {
      await fixture.close();
      await rm(folder, { recursive: true });
    },
  };
});
