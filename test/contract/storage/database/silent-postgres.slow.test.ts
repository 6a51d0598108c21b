import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../../../src/storage/create-store.ts';
import { openPostgres } from '../../../../src/storage/open-postgres.ts';
import { aPostgresDatabase, type TestDatabase } from '../../../postgres/database.ts';
import { aSilentProxy, type SilentProxy } from '../../../postgres/silent-proxy.ts';

const LIMITS = { connect: 2_000, check: 500, statement: 1_000, close: 300 };
/** What the server is given to report its own time-out before we stop waiting, ms. */
const SERVER_FIRST_MS = 5_000;

describe('PostgreSQL on connections that fall silent without being closed', () => {
  let database: TestDatabase;
  let proxy: SilentProxy;
  let open: OpenDatabase;
  beforeAll(async () => {
    database = await aPostgresDatabase();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    proxy = await aSilentProxy(database.url);
    open = await openPostgres(proxy.url, LIMITS);
  });
  afterEach(async () => {
    await open.db.destroy();
    await proxy.close();
  });

  const ask = () => sql`select 1`.execute(open.db);
  const slow = (seconds: number) => sql`select pg_sleep(${sql.lit(seconds)})`.execute(open.db);
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    const outcome = await work().then(
      () => 'done',
      (error: unknown) => error,
    );
    return { outcome, ms: performance.now() - started };
  };
  const idleFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('answers on new connections as soon as the idle ones have missed their check', async () => {
    await Promise.all([slow(0.1), slow(0.1), slow(0.1)]);
    expect(proxy.connections()).toBeGreaterThanOrEqual(3);
    await idleFor(1_100);
    proxy.silence();
    const { outcome, ms } = await timed(ask);
    expect(outcome).toBe('done');
    expect(ms).toBeLessThan(3 * LIMITS.check + 1_000);
  });

  it('a query under way fails with its reason, and the next one works', async () => {
    const hung = timed(() => slow(0.5));
    await idleFor(200);
    proxy.silence();
    const { outcome, ms } = await hung;
    expect(outcome).toMatchObject({ code: 'no-answer', message: expect.stringContaining('did not answer') });
    expect(ms).toBeLessThan(LIMITS.statement + SERVER_FIRST_MS + 1_000);
    await expect(ask()).resolves.toBeDefined();
  });

  it('a transaction that hangs fails as a whole, and what it had locked can be had again', async () => {
    await sql`create table if not exists held (id integer primary key, word text)`.execute(open.db);
    await sql`insert into held values (1, 'before') on conflict do nothing`.execute(open.db);
    const hung = timed(() =>
      open.db.transaction().execute(async (transaction) => {
        await sql`update held set word = 'lost' where id = 1`.execute(transaction);
        proxy.silence();
        await sql`update held set word = 'lost again' where id = 1`.execute(transaction);
      }),
    );
    expect((await hung).outcome).toMatchObject({ code: 'no-answer' });
    const settings = await sql<{
      setting: string;
    }>`select current_setting('idle_in_transaction_session_timeout')
      as setting`.execute(open.db);
    expect(settings.rows).toEqual([{ setting: '1min' }]);
    const { rows } = await sql<{ word: string }>`select word from held`.execute(open.db);
    expect(rows).toEqual([{ word: 'before' }]);
  });

  it('stops a statement that takes too long, on the server as well', async () => {
    const { outcome, ms } = await timed(() => slow(30));
    expect(outcome).toMatchObject({ code: '57014' });
    expect(ms).toBeLessThan(LIMITS.statement + 2_000);
    await expect(ask()).resolves.toBeDefined();
  });

  it('closes in time with a query that hangs', async () => {
    const hung = timed(() => slow(0.5));
    await idleFor(200);
    proxy.silence();
    const { ms } = await timed(() => open.db.destroy());
    expect(ms).toBeLessThan(LIMITS.close + 1_000);
    expect((await hung).outcome).toBeInstanceOf(Error);
  });
});
