import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { decide } from '../../src/jobs/decide.ts';
import { FORUM_VICTIMS } from '../../src/simulator/scenarios/forum.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { aJobWorld } from '../builders/job-context.ts';
import { settingsFor } from '../builders/simulated-settings.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';

const CHILD = fileURLToPath(new URL('./dying-process.ts', import.meta.url));
const TEAM = 'team-1';
const CHANNEL = '19:alerts@thread.tacv2';
const SKU = 'O365_BUSINESS_PREMIUM';
const WITHIN_MS = 30_000;

let simulator: Simulator;
let connector: FakeConnector;
let folder: string;
let store: Store;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
});
afterAll(() => connector.stop());

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
  simulator = await startSimulator({ scenario: 'forum', clock: { now: () => Date.now() } });
  connector.delivered.length = 0;
  await writeFile(path.join(folder, 'ca.pem'), simulator.caCertificate);
  store = await openStore({ url: `file:${folder}/watch.db` });
  await store.conversations.upsert({
    key: CHANNEL,
    kind: 'channel',
    name: 'License alerts',
    tenantId: null,
    teamId: TEAM,
    reference: JSON.stringify({
      channelId: 'msteams',
      serviceUrl: connector.url,
      bot: { id: '28:bot', name: 'License Watch' },
      conversation: { id: CHANNEL, isGroup: true, conversationType: 'channel' },
    }),
    updatedAt: 0,
  });
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  await store.close();
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

/** Starts the product on the test's database; with `crashAt`, it dies there. */
function startProduct(crashAt = '', over: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [CHILD], {
    stdio: ['ignore', 'ignore', process.env.SHOW_LOGS ? 'inherit' : 'ignore'],
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
      CRASH_AT: crashAt,
      ...settingsFor(simulator, `file:${folder}/watch.db`),
      SCAN_SCHEDULE: '* * * * * *',
      LOG_LEVEL: 'warn',
      ...over,
    },
  });
  children.add(child);
  return child;
}

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; waited < WITHIN_MS; waited += 50) {
    if (await holds()) return;
    await wait(50);
  }
  throw new Error(`in vain: ${what}`);
}

async function stop(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await ended;
  return code;
}

async function firstScan(): Promise<void> {
  const child = startProduct();
  await until('a first scan', async () => (await store.scans.last({ outcome: 'complete' })) !== null);
  await stop(child);
}

/** Runs to the crash, then again without one. Fails when the step was never reached. */
async function crashAndRestart(crashAt: string): Promise<ChildProcess> {
  const victim = startProduct(crashAt);
  await until(`a crash at ${crashAt}`, () => victim.signalCode !== null || victim.exitCode !== null);
  expect(victim.signalCode).toBe('SIGKILL');
  // What the channel shows is what Graph would tell of it.
  for (const { method, activity } of connector.said.filter((sent) => sent.method === 'POST')) {
    simulator.tenant.postMessage(TEAM, CHANNEL, {
      id: `found-${method}`,
      createdAt: Date.now(),
      application: { id: 'bot', displayName: 'License Watch' },
      user: null,
      html: '',
      cards: (activity.attachments ?? []).map(({ content }) => JSON.stringify(content)),
    });
  }
  const next = startProduct();
  // Until it runs the jobs it does not hear that it should stop.
  const isNext = async () => (await store.leases.holder('jobs'))?.includes(`/${next.pid}/`) === true;
  await until('the next process', isNext);
  return next;
}

const posts = () => connector.said.filter(({ method }) => method === 'POST');
const cardStands = async (): Promise<boolean> => {
  const [incident] = await store.incidents.recent(1);
  return incident !== undefined && (await store.outbox.postedCard(incident.id)) !== null;
};

describe('a kill -9 loses nothing and repeats nothing', () => {
  it.each([
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
  ])('in the scan that finds the loss, and on the way to the card: %s', async (crashAt) => {
    await firstScan();
    simulator.tenant.act({ kind: 'withdraw-license', users: [...FORUM_VICTIMS], sku: SKU });
    const child = await crashAndRestart(crashAt);
    await until('the card', cardStands);
    await until('an empty outbox', async () => (await store.outbox.backlog()).waiting === 0);
    expect(await stop(child)).toBe(0);

    const changes = await store.changes.find({});
    expect(changes.map(({ change }) => change.kind)).toEqual(Array(5).fill('lost'));
    expect(await store.incidents.recent(10)).toHaveLength(1);
    expect(posts()).toHaveLength(1);
  });

  it.each(['collect:begun#2', 'collect:page#2', 'collect:read#2'])(
    'in the collection of audit records: %s',
    async (crashAt) => {
      simulator.tenant.act({ kind: 'withdraw-license', users: [...FORUM_VICTIMS], sku: SKU });
      const victim = startProduct(crashAt);
      await until(`a crash at ${crashAt}`, () => victim.signalCode !== null);
      const child = startProduct('', { COLLECT_SCHEDULE: '* * * * * *' });
      const windows = async () => (await store.audit.feeds()).map((feed) => feed.windows);
      await until('every hour read', async () => {
        const feeds = await windows();
        return feeds.length === 6 && feeds.every(({ planned, failed }) => planned + failed === 0);
      });
      await until('complete logs', async () =>
        (await store.audit.coverage()).every(({ completeTo }) => completeTo !== null),
      );
      await stop(child);
      const events = await store.audit.find({ from: 0, to: Date.now() + 1 });
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    },
  );

  it.each(['scan:begun#1', 'scan:page#1', 'scan:read#1', 'scan:before-commit#1', 'scan:after-commit#1'])(
    'in the first scan: %s',
    async (crashAt) => {
      const child = await crashAndRestart(crashAt);
      await until(
        'a first scan',
        async () => (await store.scans.last({ kind: 'full', outcome: 'complete' })) !== null,
      );
      await stop(child);
      expect(await store.users.count()).toMatchObject({ present: 41 });
      expect(await store.changes.find({})).toEqual([]);
      expect(posts()).toEqual([]);
    },
  );

  it.each([
    'restore:before-step#1',
    'restore:after-step#1',
    'restore:after-step#3',
    'verify:before-commit#1',
  ])('while licenses are given back: %s', async (crashAt) => {
    await firstScan();
    simulator.tenant.act({ kind: 'withdraw-license', users: [...FORUM_VICTIMS], sku: SKU });
    const before = startProduct();
    await until('the card', cardStands);
    await stop(before);
    const [incident] = await store.incidents.recent(1);
    const world = await aJobWorld();
    const by = { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' };
    await decide(
      { ...world.context, store },
      { kind: 'reassign', incidentId: incident?.id ?? '', userIds: null },
      by,
    );

    const child = await crashAndRestart(crashAt);
    await until(
      'a restored incident',
      async () => (await store.incidents.recent(1))[0]?.status === 'restored',
    );
    await until('an empty outbox', async () => (await store.outbox.backlog()).waiting === 0);
    await stop(child);
    for (const upn of FORUM_VICTIMS) {
      expect(
        simulator.tenant
          .user(upn)
          ?.licenses.filter(({ skuId }) => skuId === simulator.tenant.sku(SKU)?.skuId),
      ).toHaveLength(1);
    }
    expect(await store.decisions.byIncident(incident?.id ?? '')).toHaveLength(1);
    expect(posts()).toHaveLength(1);
    expect(JSON.stringify(connector.said.at(-1))).toContain('back');
  });
});
