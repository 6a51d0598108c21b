import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { Product, until } from './product.ts';

describe('two processes on one database', () => {
  let product: Product;
  let store: Store;
  beforeEach(async () => {
    product = await Product.install();
    store = await openStore({ url: product.databaseUrl });
  });
  afterEach(async () => {
    await store.close();
    await product.remove();
  });

  const readyz = async (port: number) => (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  const scans = async () => (await store.scans.recent(1_000)).length;

  it('answer both, while one of them scans; when it is killed, the other takes over', async () => {
    const first = product.start(['serve']);
    await first.logged('this process runs the jobs');
    const second = product.start(['serve']);
    const ports = [await first.port(), await second.port()];
    await until('two scans', async () => ((await scans()) >= 2 ? true : null));

    for (const port of ports) {
      expect(await readyz(port)).toMatchObject({
        checks: expect.arrayContaining([expect.objectContaining({ name: 'scan', ok: true })]),
      });
    }
    expect(second.stdout).not.toContain('scan finished');

    first.child.kill('SIGKILL');
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    await second.logged('scan finished');
    expect(await second.stop()).toMatchObject({ code: 0 });
  });

  it('a restart after a crash does not wait for the lease of the dead', async () => {
    const first = product.start(['serve']);
    await first.logged('scan finished');
    first.child.kill('SIGKILL');
    await first.ended;
    const started = performance.now();
    const second = product.start(['serve']);
    await second.logged('scan finished');
    expect(performance.now() - started).toBeLessThan(12_000);
  });

  it('lets ask answer and scan step back while the bot runs', async () => {
    const bot = product.start(['serve']);
    await bot.logged('scan finished');

    const asked = await product.start(['ask', 'status', '--json']).ended;
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(asked.stdout)).toMatchObject({
      query: { intent: 'status' },
      answer: { blocks: expect.any(Array) },
    });

    const scanned = await product.start(['scan']).ended;
    expect(scanned).toMatchObject({ code: 1, stdout: '' });
    expect(scanned.stderr).toContain('Another process runs the jobs on this database');

    expect(await bot.stop()).toMatchObject({ code: 0 });
    const alone = await product.start(['scan', '--json']).ended;
    expect(alone.code).toBe(0);
    expect(JSON.parse(alone.stdout)).toMatchObject({ kind: 'delta', outcome: 'complete' });
  });

  it('a scan that the tenant refuses says why and fails', async () => {
    product.simulator.tenant.fault({ path: '/v1.0/', effect: { kind: 'status', status: 403 } });
    const { code, stdout } = await product.start(['scan']).ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/incomplete: .*User\.Read\.All/);
  });
});
