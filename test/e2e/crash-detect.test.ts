import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aPostgresDatabase, type TestDatabase } from '../postgres/database.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';
import { CrashWorld, until } from './crash-world.ts';

/** Collects each second: the detections follow each collection. */
const OFTEN = { COLLECT_SCHEDULE: '* * * * * *' };

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

/** A tenant whose logs are known already: what happens from now on is news. */
async function openWorld(kind: 'SQLite' | 'PostgreSQL'): Promise<void> {
  if (kind === 'PostgreSQL') database = await aPostgresDatabase();
  world = await CrashWorld.open({
    simulator: { scenario: 'forum' },
    connector,
    ...(database ? { databaseUrl: database.url } : {}),
  });
  const child = await world.startAgain(OFTEN);
  await until('a first scan', async () => (await world.store.scans.last({ outcome: 'complete' })) !== null);
  await until('a collection', async () => (await world.store.jobs.last('collect'))?.lastSuccessAt != null);
  expect(await world.stop(child)).toBe(0);
}

const ofRule = async () => {
  const alerts = await world.store.security.opened({ from: 0, to: Date.now() + 1 }, 100);
  return alerts.filter(({ rule }) => rule === FORWARDS);
};
/** inbox-rule-forwards-outside.yml */
const FORWARDS = 'd4df42f7-2623-5b08-be93-d333b31d81b4';
const cardOf = async (): Promise<boolean> => {
  const [alert] = await ofRule();
  return alert !== undefined && (await world.store.outbox.postedCard(alert.id)) !== null;
};

const STEPS_ON = {
  SQLite: [
    'collect:page#2',
    'collect:read#2',
    'detect:found#1',
    'detect:before-commit#1',
    'detect:after-commit#1',
    'deliver:before-send#1',
    'deliver:after-send#1',
    'deliver:noted#1',
  ],
  PostgreSQL: ['detect:before-commit#1', 'detect:after-commit#1', 'deliver:after-send#1'],
} as const;

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'a kill -9 between a record and its security card loses nothing and repeats nothing: on %s',
  (kind) => {
    it.each(STEPS_ON[kind])('%s', async (crashAt) => {
      await openWorld(kind);
      world.simulator.tenant.act({ kind: 'attack', step: 'inbox-rule' });
      await world.dieAt(crashAt, OFTEN);
      const child = await world.startAgain(OFTEN);
      await until('the card', cardOf);
      await until('all matches looked at', async () => {
        const { waiting } = await world.store.security.backlog();
        return waiting === 0 && (await world.nothingWaits());
      });
      expect(await world.stop(child)).toBe(0);

      const alerts = await ofRule();
      expect(alerts).toHaveLength(1);
      expect(alerts[0]).toMatchObject({ status: 'open', count: 1 });
      expect(world.posts).toHaveLength(1);
    });
  },
);
