import { mkdtemp, open as openFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/domain/ports.ts';
import { createStore, type OpenDatabase } from '../../../../src/storage/create-store.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import { aPostgresDatabase } from '../../../postgres/database.ts';

const PAGE_BYTES = 8192;

describe('a SQLite file that takes no writes', () => {
  let folder: string;
  let file: string;
  let open: OpenDatabase;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    file = path.join(folder, 'watch.db');
    open = await openSqlite(file);
    await migrate(open.db, open.kind);
    store = createStore(open);
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** From now on the file has no room, as on a full disk. */
  const fill = () => sql`pragma max_page_count = 1`.execute(open.db);
  const events = Array.from({ length: 500 }, (_event, index) => anArchivedEvent({ id: `record-${index}` }));

  it('takes writes at first, and leaves nothing of the probe behind', async () => {
    expect(await store.writeProblem()).toBeNull();
    const { rows } = await sql`select * from write_probes`.execute(open.db);
    expect(rows).toEqual([]);
  });

  it('says that the disk is full, and is read all the same', async () => {
    await fill();
    expect(await store.writeProblem()).toMatch(/cannot be written: the disk is full/);
    expect(await store.scans.recent(10)).toEqual([]);
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('tells the real reason of a transaction that SQLite rolled back by itself', async () => {
    await fill();
    await expect(store.audit.append(events, 1)).rejects.toMatchObject({ errcode: 13 });
    await sql`pragma max_page_count = 100000`.execute(open.db);
    expect(await store.audit.append(events, 1)).toBe(events.length);
  });

  it('says that it is read-only', async () => {
    await sql`pragma query_only = on`.execute(open.db);
    expect(await store.writeProblem()).toMatch(/read-only/);
  });

  it('damage is named, not taken for a missing right', async () => {
    await store.audit.append(events, 1);
    await store.close();
    const { size } = await stat(file);
    const handle = await openFile(file, 'r+');
    for (let page = 1; page < Math.min(21, size / PAGE_BYTES); page++) {
      await handle.write(Buffer.alloc(PAGE_BYTES, 0x5a), 0, PAGE_BYTES, page * PAGE_BYTES);
    }
    await handle.close();
    await expect(openStore({ url: `file:${file}` })).rejects.toMatchObject({
      message: expect.stringMatching(/damaged.*Restore a copy/),
    });
    open = await openSqlite(':memory:');
    store = createStore(open);
  });
});

describe('a PostgreSQL that takes no writes', () => {
  it.each([
    ['a standby', 'alter database %s set default_transaction_read_only = on', /read-only, as a standby/],
  ])('%s says so, and is read all the same', async (_name, statement, sentence) => {
    const database = await aPostgresDatabase();
    await (await openStore({ url: database.url })).close();
    const name = new URL(database.url).pathname.slice(1);
    const writable = await openStore({ url: database.url });
    expect(await writable.writeProblem()).toBeNull();
    await writable.close();
    await database.execute(statement.replace('%s', name));
    const store = await openStore({ url: database.url });
    expect(await store.writeProblem()).toMatch(sentence);
    expect(await store.scans.recent(10)).toEqual([]);
    await store.close();
    await database.drop();
  });

  it('a user without rights says which', async () => {
    const database = await aPostgresDatabase();
    await (await openStore({ url: database.url })).close();
    const role = `reader_${process.pid}`;
    await database.execute(
      `create role ${role} login; grant select on all tables in schema public to ${role};
       grant usage on schema public to ${role}`,
    );
    const url = new URL(database.url);
    url.username = role;
    const store = await openStore({ url: url.href });
    expect(await store.writeProblem()).toMatch(/no right to write/);
    await store.close();
    await database.execute(`drop owned by ${role}; drop role ${role}`);
    await database.drop();
  });
});
