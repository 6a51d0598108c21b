import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { createChain } from '../../../../src/storage/archive/chain.ts';
import { archiveKey } from '../../../../src/storage/archive/link.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';

const KEY = 'correct horse battery staple';
const DAY = Date.UTC(2026, 10, 27);
const NEVER = new AbortController().signal;

describe('somebody who may write the whole database, without the key', () => {
  let folder: string;
  let file: string;
  let store: Store;
  const open = (...archiveKeys: string[]) => openStore({ url: `file:${file}`, archiveKeys });
  const kinds = async (keys: string[] = [KEY]) => {
    const reader = await open(...keys);
    try {
      return [...new Set((await reader.archive.verify([], NEVER)).problems.map(({ kind }) => kind))];
    } finally {
      await reader.close();
    }
  };
  function tamper(statements: string): void {
    const database = new DatabaseSync(file);
    const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all();
    for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
    database.exec(statements);
    database.close();
  }
  /** Writes the chain again from the records as they are now: with no key, or with a key of one's own. */
  async function rewrite(key: string | null): Promise<void> {
    tamper('delete from archive_links; delete from archive_heads');
    const database = await openSqlite(file);
    await createChain('sqlite', key === null ? null : archiveKey(key)).sealOlder(database.db, DAY);
    await database.db.destroy();
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    file = path.join(folder, 'store.db');
    store = await open(KEY);
    for (const [index, id] of ['a', 'b', 'c'].entries())
      await store.audit.append([anArchivedEvent({ id, at: DAY + index * DAY_MS })], DAY + index * DAY_MS);
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has a chain that verifies before', async () => {
    expect(await kinds()).toEqual([]);
  });

  it('makes none that verifies when the chain is written again without a key', async () => {
    tamper(`update audit_events set actor_name = 'somebody else' where id = 'b'`);
    await rewrite(null);
    expect(await kinds()).toEqual(['key']);
    expect(await kinds([])).toEqual([]);
  });

  it('makes none that verifies with a key of their own', async () => {
    tamper(`delete from audit_events where id = 'b'`);
    await rewrite('another secret of the attacker');
    expect(await kinds()).toEqual(['key']);
  });

  it('makes none that verifies by giving their own links the name of the key', async () => {
    await rewrite(null);
    tamper(`update archive_links set key_id = '${archiveKey(KEY).id}'`);
    expect(await kinds()).toEqual(['link']);
  });

  it('makes none that verifies by noting a removal that never was', async () => {
    tamper(`delete from audit_events where id = 'b';
      insert into archive_links select tenant_id, 4, day, 'removal', written_at, '{"kind":"removal","rows":[2],"policy":"x"}', key_id, mac
        from archive_links where seq = 3`);
    expect(await kinds()).toEqual(['link']);
  });

  it('makes none that verifies by doing so without naming a key', async () => {
    tamper(`delete from audit_events where id = 'b'`);
    const database = await openSqlite(file);
    const chain = createChain('sqlite', null);
    await database.db
      .transaction()
      .execute((transaction) => chain.sealRemoval(transaction, [{ row_no: 2, at: DAY + DAY_MS }], 'x', DAY));
    await database.db.destroy();
    expect(await kinds()).toEqual(['key']);
  });

  it('a new key goes on, with the former one to check with', async () => {
    const next = 'the next secret of the archive';
    const renewed = await open(next, KEY);
    await renewed.archive.sealOlder(DAY);
    await renewed.close();
    expect(await kinds([next, KEY])).toEqual([]);
    expect(await kinds([next])).toEqual(['key']);
  });

  it('records of before the first key are bound by it', async () => {
    await rewrite(null);
    const keyed = await open(KEY);
    await keyed.archive.sealOlder(DAY);
    await keyed.close();
    expect(await kinds()).toEqual([]);
    tamper(`update archive_links set written_at = 0 where seq = 1`);
    expect(await kinds()).toEqual(['link']);
  });
});
