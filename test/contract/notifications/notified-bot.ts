import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { vi } from 'vitest';
import { type App, compose } from '../../../src/app/compose.ts';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import type { Behaviour } from '../../../src/simulator/tenant/behaviour.ts';
import { NEVER, settingsFor } from '../../builders/simulator/simulated-settings.ts';
import { FakeConnector } from '../../unit/teams/fake-connector.ts';

const CHANNEL = '19:license-alerts@thread.tacv2';
const PATIENCE = { timeout: 20_000, interval: 20 };

/** A port that nobody has right now: the address of notifications must be known before the bot listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The whole product beside a tenant that notifies it, a channel that takes cards, and no scan but the first. */
export class NotifiedBot {
  readonly connector = new FakeConnector();
  readonly simulator: Simulator;
  readonly app: App;
  readonly #folder: string;

  private constructor(simulator: Simulator, app: App, folder: string) {
    this.simulator = simulator;
    this.app = app;
    this.#folder = folder;
  }

  static async start({
    behaviour = {},
    users,
    settings = {},
    path: notificationPath = '/api/notifications',
  }: {
    behaviour?: Partial<Behaviour>;
    users?: number;
    settings?: Environment;
    path?: string;
  } = {}): Promise<NotifiedBot> {
    const port = await freePort();
    const simulator = await startSimulator({
      scenario: 'forum',
      clock: { now: () => Date.now() },
      behaviour: { notificationDelayMs: 0, ...behaviour },
      ...(users === undefined ? {} : { users }),
    });
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
    const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    const loaded = loadConfig({
      ...settingsFor(simulator, `file:${folder}/watch.db`),
      PORT: String(port),
      NOTIFICATION_URL: `http://127.0.0.1:${port}${notificationPath}`,
      SCAN_SCHEDULE: NEVER,
      ...settings,
    });
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    const app = await compose(loaded.config, { logTo: { write: () => undefined }, tickMs: 5_000 });
    const bot = new NotifiedBot(simulator, app, folder);
    await bot.connector.start();
    await app.scanOnce({ kind: 'full' }, new AbortController().signal);
    await app.store.conversations.upsert({
      key: CHANNEL,
      kind: 'channel',
      name: 'License alerts',
      tenantId: null,
      teamId: '19:it-operations@thread.tacv2',
      reference: JSON.stringify({
        channelId: 'msteams',
        serviceUrl: bot.connector.url,
        bot: { id: '28:bot', name: 'License Watch' },
        conversation: { id: CHANNEL, isGroup: true, conversationType: 'channel' },
      }),
      updatedAt: 0,
    });
    await app.start();
    await bot.until(async () => (await app.store.notifications.subscriptions()).length === 2);
    return bot;
  }

  until(holds: () => boolean | Promise<boolean>): Promise<unknown> {
    return vi.waitUntil(holds, PATIENCE);
  }

  /** Posts a body to the address of notifications. */
  post(body: string, query = ''): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.app.port()}/api/notifications${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  }

  async close(): Promise<void> {
    await this.app.stop();
    await this.simulator.close();
    await this.connector.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
