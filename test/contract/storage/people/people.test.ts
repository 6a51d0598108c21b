import { createStore } from '../../../../src/storage/create-store.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { peopleContract } from './people-contract.ts';

peopleContract('SQLite', async () => {
  const open = await openSqlite(':memory:');
  await migrate(open.db, open.kind);
  const store = createStore(open, { archiveKeys: ['correct horse battery staple'] });
  return { db: open.db, kind: open.kind, store, close: () => store.close() };
});
