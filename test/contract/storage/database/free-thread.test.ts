import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '../../../../src/storage/open-store.ts';

it('the event loop turns between the queries of a long answer', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
  const store = await openStore({ url: `file:${folder}/watch.db` });
  try {
    let turns = 0;
    let over = false;
    const count = (): void => {
      turns++;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    // As long as twenty times what the thread may be held.
    const until = performance.now() + 200;
    while (performance.now() < until) await store.ping();
    over = true;
    expect(turns).toBeGreaterThanOrEqual(5);
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
