import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import { decide } from '../../src/jobs/decisions/decide.ts';
import type { Act } from '../../src/simulator/acts/act.ts';
import { QUIET } from '../../src/simulator/scenarios/quiet.ts';
import type { PersonSeed, Scenario } from '../../src/simulator/scenarios/scenario.ts';
import { aJobWorld } from '../builders/jobs/job-context.ts';
import { MEGAN, OPERATOR } from '../builders/jobs/morning.ts';
import { NEVER } from '../builders/simulator/simulated-settings.ts';
import { aPostgresDatabase, type TestDatabase } from '../postgres/database.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';
import { type CrashOptions, CrashWorld, until } from './crash-world.ts';

const SKU = 'SPE_E3';
const GROUP = 'LIC-Crash';
const USERS = 200;
const BATCHES = USERS / 20;

const upn = (index: number): string => `crash.test${index}@contoso.com`;
const EVERYONE = Array.from({ length: USERS }, (_, index) => upn(index));

/** The company and two hundred more, who hold a product with two plans switched off: directly, or by a group. */
const scenarioWith = (held: Pick<PersonSeed, 'licenses' | 'groups'>): Scenario => ({
  ...QUIET,
  people: [...QUIET.people, ...EVERYONE.map((name) => ({ upn: name, name, department: 'Crash', ...held }))],
  groups: [...QUIET.groups, { name: GROUP, licenses: [{ sku: SKU, off: ['SWAY'] }] }],
  purchases: QUIET.purchases.map((bought) =>
    bought.sku === SKU ? { ...bought, seats: bought.seats + USERS } : bought,
  ),
});

type Way = { scenario: Scenario; loss: Act; writes: (userId: string, groupId: string) => string };

const WAYS = {
  directly: {
    scenario: scenarioWith({ licenses: [{ sku: SKU, off: ['SWAY', 'YAMMER_ENTERPRISE'] }] }),
    loss: { kind: 'withdraw-license', users: EVERYONE, sku: SKU },
    writes: (userId) => `/users/${userId}/assignlicense`,
  },
  'by a group': {
    scenario: scenarioWith({ groups: [GROUP] }),
    loss: { kind: 'remove-member', group: GROUP, users: EVERYONE },
    writes: (userId, groupId) => `/groups/${groupId}/members/${userId}`,
  },
} satisfies Record<string, Way>;

type WayName = keyof typeof WAYS;

let connector: FakeConnector;
let folder: string;
/** A database in which the loss is found and its card stands, and the port at which its links lead to the tenant. */
type Prepared = { port: number } & Pick<CrashOptions, 'database' | 'databaseUrl'>;
const databases = new Map<WayName, Prepared>();
let world: CrashWorld;
let onPostgres: TestDatabase | null = null;

/** The tenant, where everybody has lost it; the port is kept, as the links in the database lead there. */
const openWorld = (way: WayName, { port, ...database }: Partial<Prepared> = {}): Promise<CrashWorld> =>
  CrashWorld.open({
    simulator: { scenario: WAYS[way].scenario, speed: 1_000, port },
    connector,
    environment: { MASS_LOSS_PERCENT: '100' },
    ...database,
  });

/** Lets the loss be found and its card be posted, in a file that every crash begins with, or in this database. */
async function prepare(way: WayName, databaseUrl?: string): Promise<Prepared> {
  const before = await openWorld(way, databaseUrl === undefined ? {} : { databaseUrl });
  await before.firstScan();
  before.simulator.tenant.act(WAYS[way].loss);
  const child = before.start();
  await until('the card', () => before.cardStands());
  await until('an empty outbox', () => before.nothingWaits());
  await before.stop(child);
  const { port } = before.simulator;
  if (databaseUrl !== undefined) {
    await before.close();
    return { databaseUrl, port };
  }
  const database = path.join(folder, `${way}.db`);
  await before.close(database);
  return { database, port };
}

beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
  for (const way of Object.keys(WAYS) as WayName[]) databases.set(way, await prepare(way));
});
afterAll(async () => {
  await connector.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await world.close();
  await onPostgres?.drop();
  onPostgres = null;
});

const incident = async () => {
  const [first] = await world.store.incidents.recent(1);
  if (!first) throw new Error('there is no incident');
  return first;
};

/** Everybody has lost it, and Megan presses Reassign; no process runs yet. */
async function pressReassign(way: WayName, prepared = databases.get(way)): Promise<void> {
  if (!prepared) throw new Error(`nothing is prepared for a loss ${way}`);
  world = await openWorld(way, prepared);
  world.simulator.tenant.act(WAYS[way].loss);
  const { context, store } = await aJobWorld();
  await store.close();
  const { id } = await incident();
  const decided = await decide(
    { ...context, store: world.store, clock: systemClock },
    { kind: 'reassign', incidentId: id, userIds: null, way: 'as-it-was', plan: null },
    MEGAN,
    OPERATOR,
  );
  expect(decided).toEqual({ kind: 'accepted' });
}

/** Only what the restore reads: a scan at any second would reach the same steps at any time. */
const QUIETLY = { SCAN_SCHEDULE: NEVER };

async function runToTheEnd(): Promise<void> {
  const child = await world.startAgain(QUIETLY);
  await until('a restored incident', async () => (await incident()).status === 'restored');
  await until('an empty outbox', () => world.nothingWaits());
  expect(await world.stop(child)).toBe(0);
}

async function expectEachRestoredOnce(way: WayName): Promise<void> {
  const { tenant } = world.simulator;
  const groupId = (tenant.user(upn(0))?.groups[0] ?? '').toLowerCase();
  const expected = EVERYONE.map((name) => WAYS[way].writes(tenant.user(name)?.id ?? '', groupId));
  const written = tenant.writes().map(({ target }) => target);
  expect(written.toSorted()).toEqual(expected.toSorted());
  const skuId = tenant.sku(SKU)?.skuId;
  for (const name of EVERYONE) {
    const held = tenant.user(name)?.licenses.filter((license) => license.skuId === skuId);
    expect(held).toHaveLength(1);
    expect(held?.[0]?.disabledPlans).toHaveLength(way === 'directly' ? 2 : 1);
  }
  const { id } = await incident();
  const steps = await world.store.decisions.steps(id);
  expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(['done']));
  expect(await world.store.decisions.byIncident(id)).toHaveLength(1);
  // The card from before was edited, and nobody was told anything twice.
  expect(world.posts).toEqual([]);
  const card = JSON.stringify(connector.said.at(-1)?.activity);
  expect(card.includes(`✓ Restored: ${USERS} users`), 'what the card says').toBe(true);
}

describe('a kill -9 in the restore of 200 users: each is restored once, and no write is seen twice', () => {
  it.each<[WayName, string]>([
    ['directly', 'restore:claimed#7'],
    ['directly', 'restore:written#1'],
    ['directly', `restore:written#${BATCHES}`],
    ['directly', `restore:noted#${BATCHES}`],
    ['directly', 'follow-up:begun#1'],
    ['directly', 'scan:before-commit#1'],
    ['directly', 'scan:after-commit#1'],
    ['directly', 'follow-up:read#1'],
    ['directly', 'verify:before-commit#1'],
    ['directly', 'follow-up:told#1'],
    ['directly', 'deliver:before-send#1'],
    ['directly', 'deliver:after-send#2'],
    ['by a group', 'restore:claimed#3'],
    ['by a group', 'restore:written#4'],
    ['by a group', 'restore:noted#9'],
    ['by a group', 'follow-up:read#1'],
  ])('lost %s, killed at %s', async (way, crashAt) => {
    await pressReassign(way);
    await world.dieAt(crashAt, QUIETLY);
    await runToTheEnd();
    await expectEachRestoredOnce(way);
  });

  it('lost by a group, killed after every single batch', async () => {
    await pressReassign('by a group');
    for (let batch = 0; batch < BATCHES; batch++) await world.dieAt('restore:written#1', QUIETLY);
    await runToTheEnd();
    await expectEachRestoredOnce('by a group');
  });

  it('lost directly, killed at restore:written#4, on PostgreSQL', async () => {
    onPostgres = await aPostgresDatabase();
    await pressReassign('directly', await prepare('directly', onPostgres.url));
    await world.dieAt('restore:written#4', QUIETLY);
    await runToTheEnd();
    await expectEachRestoredOnce('directly');
  });
});
