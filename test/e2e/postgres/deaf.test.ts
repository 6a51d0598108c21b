import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../src/domain/ports.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aPostgresDatabase, type TestDatabase } from '../../postgres/database.ts';
import { aSilentProxy, type SilentProxy } from '../../postgres/silent-proxy.ts';
import { Product, until } from '../serve/product.ts';

const Readiness = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

/** On a busy machine a start, or a new lease, takes longer than `until` waits. */
const patiently = <T>(wait: () => Promise<T>): Promise<T> => wait().catch(() => wait().catch(wait));

describe('the product on PostgreSQL', () => {
  let product: Product;
  let database: TestDatabase;
  let proxy: SilentProxy;
  let store: Store;
  beforeEach(async () => {
    database = await aPostgresDatabase();
    proxy = await aSilentProxy(database.url);
    product = await Product.install();
    store = await openStore({ url: database.url });
  });
  afterEach(async () => {
    await product.remove();
    await store.close();
    await proxy.close();
    await database.drop();
  });

  const serve = async () => {
    const running = product.start(['serve'], { DATABASE_URL: proxy.url });
    const port = await patiently(() => running.port());
    await patiently(() => running.logged('scan finished'));
    return { running, port };
  };
  const lastScanAt = async () => (await store.scans.lastWhole())?.finishedAt ?? 0;
  const check = async (port: number, name: string): Promise<{ ok: boolean; detail: string }> => {
    const body = Readiness.parse(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json());
    const found = body.checks.find((one) => one.name === name);
    if (!found) throw new Error(`no check of ${name}`);
    return found;
  };

  it('reads on when its connections fall silent, and ends cleanly when they do again', async () => {
    const { running } = await serve();
    const before = await lastScanAt();
    proxy.silence();
    const silentAt = Date.now();
    await patiently(() =>
      until('a read on new connections', async () => ((await lastScanAt()) > silentAt ? true : null)),
    );
    expect(await lastScanAt()).toBeGreaterThan(before);
    proxy.silence();
    const { code, ms } = await running.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(9_500);
  });

  it('is not ready while the database takes no writes, says why, and is ready again', async () => {
    const { port } = await serve();
    expect(await check(port, 'database')).toMatchObject({ ok: true });
    const name = new URL(database.url).pathname.slice(1);
    // As after a failover: the connections are cut, and the new server takes no writes.
    const failOver = (readOnly: 'on' | 'off') =>
      database.execute(
        `begin read write;
         alter database ${name} set default_transaction_read_only = ${readOnly};
         commit;
         select pg_terminate_backend(pid) from pg_stat_activity
         where datname = '${name}' and pid <> pg_backend_pid()`,
      );
    await failOver('on');
    const refused = await until('a database that is not ready', async () => {
      const found = await check(port, 'database');
      return found.ok ? null : found;
    });
    expect(refused.detail).toMatch(/read-only|does not answer/);
    await failOver('off');
    await until('a database that is ready', async () => ((await check(port, 'database')).ok ? true : null));
  });
});
