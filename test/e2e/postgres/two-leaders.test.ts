import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/config/settings.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aPostgresDatabase, type TestDatabase } from '../../postgres/database.ts';
import { Product, type Running, until } from '../serve/product.ts';
import { SettableClock } from '../set-clock.ts';

/** A process table of its own, as two containers have that share a host name. Needs root. */
const OWN_PROCESSES = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child=SIGKILL'];
const AHEAD_S = 120;
/** One read a second: in this many the lease is renewed, and looked at by the other process several times. */
const READS = 20;
const LEADS = 'this process runs the jobs';

/** A lease runs out after a minute: five times as long as `until` waits. */
async function patiently<Value>(wait: () => Promise<Value>): Promise<Value> {
  for (let tries = 0; tries < 5; tries++) {
    try {
      return await wait();
    } catch {
      // Looks again: what it waits for takes longer than one look.
    }
  }
  return wait();
}

describe('two processes on one PostgreSQL', () => {
  let product: Product;
  let database: TestDatabase;
  let clock: SettableClock;
  let store: Store;
  beforeEach(async () => {
    database = await aPostgresDatabase();
    product = await Product.install();
    clock = await SettableClock.install();
    await clock.set(AHEAD_S);
    store = await openStore({ url: database.url });
  });
  afterEach(async () => {
    await product.remove();
    await store.close();
    await clock.remove();
    await database.drop();
  });

  const serve = (settings: Environment, under: readonly string[]): Running =>
    product.start(['serve'], { DATABASE_URL: database.url, ...settings }, under);
  const reads = async (): Promise<number> => (await store.scans.recent(10_000)).length;

  it.each([
    ['with one host name and separate process tables', false, OWN_PROCESSES],
    [`whose clocks are ${AHEAD_S} s apart`, true, []],
  ])('%s have one leader, and the other takes over when it is killed', async (_, ahead, under) => {
    const first = serve({}, under);
    await patiently(() => first.logged('scan finished'));
    const second = serve(ahead ? clock.environment : {}, under);
    await patiently(() => second.port());
    const before = await reads();
    await patiently(() => until('more reads', async () => ((await reads()) >= before + READS ? true : null)));
    expect(second.stdout).not.toContain(LEADS);
    expect(second.stdout).not.toContain('scan finished');
    expect(first.stdout).not.toContain('another process runs the jobs');

    first.child.kill('SIGKILL');
    await first.ended;
    await patiently(() => second.logged(LEADS));
    await patiently(() => second.logged('scan finished'));
  });
});
