import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { MINUTE_MS } from '../../src/domain/durations.ts';
import type { Store } from '../../src/domain/ports.ts';
import { type Simulator, startSimulator } from '../../src/simulator/start.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { settingsFor } from '../builders/simulator/simulated-settings.ts';
import type { FakeConnector } from '../unit/teams/fake-connector.ts';

const CHILD = fileURLToPath(new URL('./dying-process.ts', import.meta.url));
/** As Teams names the team in activities, and as Graph does. */
const TEAM = '19:it-operations@thread.tacv2';
const GROUP = '5d1e7c1a-6a57-4b6e-8a7e-3a9f0c2d4b10';
const CHANNEL = '19:alerts@thread.tacv2';
const WITHIN_MS = MINUTE_MS;

const urlOf = (folder: string, { databaseUrl }: CrashOptions): string =>
  databaseUrl ?? `file:${folder}/watch.db`;

/** Waits until something holds; throws after a minute, with its name. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; waited < WITHIN_MS; waited += 50) {
    if (await holds()) return;
    await wait(50);
  }
  throw new Error(`in vain: ${what}`);
}

export type CrashOptions = {
  simulator: Omit<Parameters<typeof startSimulator>[0], 'clock'>;
  connector: FakeConnector;
  /** The environment of each process, on top of the usual one. */
  environment?: Record<string, string>;
  /** Whether the team's owner lets the app read its channels; they do unless told otherwise. */
  channelReadable?: boolean;
  /** A SQLite file to go on with: the world works on a copy. */
  database?: string;
  /** A database elsewhere, which outlives the world; without one it is a SQLite file of its own. */
  databaseUrl?: string;
};

/**
 * The product in processes of its own that die where a test wants, on a database that outlives them, between a
 * simulated tenant and a channel that remembers what was said.
 */
export class CrashWorld {
  readonly simulator: Simulator;
  readonly store: Store;
  readonly #folder: string;
  readonly #options: CrashOptions;
  readonly #children: Set<ChildProcess> = new Set();

  private constructor(simulator: Simulator, store: Store, folder: string, options: CrashOptions) {
    this.simulator = simulator;
    this.store = store;
    this.#folder = folder;
    this.#options = options;
  }

  static async open(options: CrashOptions): Promise<CrashWorld> {
    const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    const simulator = await startSimulator({ ...options.simulator, clock: { now: () => Date.now() } });
    options.connector.delivered.length = 0;
    options.connector.group = GROUP;
    if (options.channelReadable !== false) simulator.tenant.permit('ChannelMessage.Read.Group', true);
    await writeFile(path.join(folder, 'ca.pem'), simulator.caCertificate);
    if (options.database) await copyFile(options.database, path.join(folder, 'watch.db'));
    const store = await openStore({ url: urlOf(folder, options) });
    await store.conversations.upsert({
      key: CHANNEL,
      kind: 'channel',
      name: 'License alerts',
      tenantId: null,
      teamId: TEAM,
      reference: JSON.stringify({
        channelId: 'msteams',
        serviceUrl: options.connector.url,
        bot: { id: '28:bot', name: 'License Watch' },
        conversation: { id: CHANNEL, isGroup: true, conversationType: 'channel' },
      }),
      updatedAt: 0,
    });
    return new CrashWorld(simulator, store, folder, options);
  }

  /** Ends everything; with a path, the SQLite file is kept there. */
  async close(keepAs?: string): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.store.close();
    await this.simulator.close();
    if (keepAs) await copyFile(path.join(this.#folder, 'watch.db'), keepAs);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Starts the product on the test's database; with `crashAt`, it dies there. */
  start(crashAt = '', over: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [CHILD], {
      stdio: ['ignore', 'ignore', process.env.SHOW_LOGS ? 'inherit' : 'ignore'],
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: path.join(this.#folder, 'ca.pem'),
        CRASH_AT: crashAt,
        ...settingsFor(this.simulator, urlOf(this.#folder, this.#options)),
        SCAN_SCHEDULE: '* * * * * *',
        LOG_LEVEL: 'warn',
        ...this.#options.environment,
        ...over,
      },
    });
    this.#children.add(child);
    return child;
  }

  /** Starts the product and waits for its death at a step. Fails when the step was never reached. */
  async dieAt(crashAt: string, over: Record<string, string> = {}): Promise<void> {
    const victim = this.start(crashAt, over);
    await until(`a crash at ${crashAt}`, () => victim.signalCode !== null || victim.exitCode !== null);
    expect(victim.signalCode).toBe('SIGKILL');
    this.tellHistory();
  }

  /** Starts the product without a crash and waits until it runs the jobs: before, it hears no request to stop. */
  async startAgain(over: Record<string, string> = {}): Promise<ChildProcess> {
    const next = this.start('', over);
    const runsJobs = async (): Promise<boolean> =>
      ((await this.store.leases.current('jobs', 0))?.holder ?? '').includes(`/${next.pid}/`);
    await until('the next process', async () => next.exitCode !== null || (await runsJobs()));
    expect(next.exitCode, 'the next process starts').toBeNull();
    return next;
  }

  async stop(child: ChildProcess): Promise<number | null> {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await ended;
    return code;
  }

  async firstScan(): Promise<void> {
    const child = this.start();
    await until('a first scan', async () => (await this.store.scans.last({ outcome: 'complete' })) !== null);
    await this.stop(child);
  }

  /** Cards that were posted anew. */
  get posts() {
    return this.#options.connector.said.filter(({ method }) => method === 'POST');
  }

  async cardStands(): Promise<boolean> {
    const [incident] = await this.store.incidents.recent(1);
    return incident !== undefined && (await this.store.outbox.postedCard(incident.id)) !== null;
  }

  async nothingWaits(): Promise<boolean> {
    return (await this.store.outbox.backlog()).waiting === 0;
  }

  /** What the channel shows is what Graph would tell of it. */
  tellHistory(): void {
    for (const { method, activity } of this.posts) {
      this.simulator.tenant.postMessage(GROUP, CHANNEL, {
        id: `found-${method}`,
        createdAt: Date.now(),
        application: { id: 'bot', displayName: 'License Watch' },
        user: null,
        html: '',
        cards: (activity.attachments ?? []).map(({ content }) => JSON.stringify(content)),
      });
    }
  }
}
