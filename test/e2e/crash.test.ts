import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORUM, FORUM_VICTIMS } from '../../src/simulator/scenarios/forum.ts';
import { aPostgresDatabase, type TestDatabase } from '../postgres/database.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';
import { CrashWorld, until } from './crash-world.ts';

const SKU = 'O365_BUSINESS_PREMIUM';

let connector: FakeConnector;
let world: CrashWorld;
let database: TestDatabase | null = null;

beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
});
afterAll(() => connector.stop());

afterEach(async () => {
  await world.close();
  await database?.drop();
  database = null;
});

async function openWorld(kind: 'SQLite' | 'PostgreSQL' = 'SQLite'): Promise<void> {
  if (kind === 'PostgreSQL') database = await aPostgresDatabase();
  const databaseUrl = database ? { databaseUrl: database.url } : {};
  world = await CrashWorld.open({ simulator: { scenario: 'forum' }, connector, ...databaseUrl });
}

const lose = (): void =>
  world.simulator.tenant.act({ kind: 'withdraw-license', users: [...FORUM_VICTIMS], sku: SKU });

/** On PostgreSQL the steps around its own transactions, and around the send; the others are the same code. */
const STEPS_ON = {
  SQLite: [
    'scan:begun#1',
    'scan:read#1',
    'scan:before-commit#1',
    'scan:after-commit#1',
    'scan:finished#1',
    'attribute:before-commit#1',
    'attribute:after-commit#1',
    'deliver:before-send#1',
    'deliver:after-send#1',
    'deliver:noted#1',
  ],
  PostgreSQL: [
    'scan:before-commit#1',
    'scan:after-commit#1',
    'attribute:after-commit#1',
    'deliver:after-send#1',
  ],
} as const;

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'a kill -9 loses nothing and repeats nothing: on %s',
  (kind) => {
    beforeEach(() => openWorld(kind));

    it.each(STEPS_ON[kind])(
      'in the scan that finds the loss, and on the way to the card: %s',
      async (crashAt) => {
        await world.firstScan();
        lose();
        await world.dieAt(crashAt);
        const child = await world.startAgain();
        await until('the card', () => world.cardStands());
        await until('an empty outbox', () => world.nothingWaits());
        expect(await world.stop(child)).toBe(0);

        const changes = await world.store.changes.find({});
        expect(changes.map(({ change }) => change.kind)).toEqual(Array(5).fill('lost'));
        expect(await world.store.incidents.recent(10)).toHaveLength(1);
        expect(world.posts).toHaveLength(1);
      },
    );
  },
);

describe('a kill -9 loses nothing and repeats nothing', () => {
  beforeEach(() => openWorld());

  it.each(['collect:begun#2', 'collect:page#2', 'collect:read#2'])(
    'in the collection of audit records: %s',
    async (crashAt) => {
      const { store } = world;
      lose();
      await world.dieAt(crashAt);
      const child = world.start('', { COLLECT_SCHEDULE: '* * * * * *' });
      await until('every hour read', async () => {
        const feeds = (await store.audit.feeds()).map((feed) => feed.windows);
        return feeds.length === 6 && feeds.every(({ planned, failed }) => planned + failed === 0);
      });
      // A log that was opened a moment ago is known from then on, and complete to no time yet.
      await until('logs that are known', async () =>
        (await store.audit.coverage()).every(
          ({ completeTo, completeFrom = null }) => completeTo !== null || completeFrom !== null,
        ),
      );
      await world.stop(child);
      const events = await store.audit.find({ from: 0, to: Date.now() + 1 });
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    },
  );

  it.each(['scan:begun#1', 'scan:page#1', 'scan:read#1', 'scan:before-commit#1', 'scan:after-commit#1'])(
    'in the first scan: %s',
    async (crashAt) => {
      const { store } = world;
      await world.dieAt(crashAt);
      const child = await world.startAgain();
      await until(
        'a first scan',
        async () => (await store.scans.last({ kind: 'full', outcome: 'complete' })) !== null,
      );
      await world.stop(child);
      expect(await store.users.count()).toMatchObject({ present: FORUM.people.length });
      expect(await store.changes.find({})).toEqual([]);
      expect(world.posts).toEqual([]);
    },
  );
});

describe('a kill -9 in the daily read of license dates', () => {
  const USERS = 250;

  it.each(['license-dates:page#1', 'license-dates:page#2'])(
    'goes on at the page that comes next: %s',
    async (crashAt) => {
      world = await CrashWorld.open({ simulator: { scenario: 'forum', users: USERS }, connector });
      const { store } = world;
      await world.dieAt(crashAt);
      const cut = await store.licenseDates.run();
      expect(cut).toMatchObject({ readAt: null, open: { next: expect.stringContaining('skiptoken') } });
      const child = await world.startAgain();
      await until('all dates read', async () => (await store.licenseDates.run()).readAt !== null);
      await world.stop(child);

      expect(await store.licenseDates.run()).toMatchObject({ open: null, problem: null });
      const ids: string[] = [];
      for await (const chunk of store.users.all()) ids.push(...chunk.map(({ state }) => state.id));
      const dates = await store.licenseDates.byUsers(ids);
      expect(dates).toHaveLength(ids.length);
      // What was kept before the end was not asked for again.
      expect(dates.filter(({ readAt }) => readAt < (cut.open?.startedAt ?? 0))).toEqual([]);
      const before = Math.min(...dates.map(({ readAt }) => readAt));
      expect(dates.filter(({ readAt }) => readAt === before)).toHaveLength(100);
    },
  );
});
