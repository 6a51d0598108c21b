import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { vi } from 'vitest';
import { type App, compose } from '../../../src/app/compose.ts';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import type { Clock } from '../../../src/domain/ports.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { OPERATOR_ID, OPERATORS_GROUP_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { NEVER, settingsFor } from '../../builders/simulator/simulated-settings.ts';
import { FakeConnector, type Sent } from '../../unit/teams/fake-connector.ts';

export const CHANNEL = '19:license-alerts@thread.tacv2';
const TEAM = '19:it-operations@thread.tacv2';
const BOT = '28:00000000-0000-4000-8000-0000000000b0';

const MEGAN_IS_EVERYTHING: Environment = {
  READER_GROUP_ID: OPERATORS_GROUP_ID,
  OPERATOR_GROUP_ID: OPERATORS_GROUP_ID,
  OWNER_GROUP_ID: OPERATORS_GROUP_ID,
};

/** The answer to a request, what was said in Teams meanwhile, and how long it took. */
export type Exchange = { status: number; text: string; said: Sent[]; ms: number };

/** The whole product with an open incident, whose card stands in the channel. Megan is an operator. */
export class BotWithIncident {
  readonly connector = new FakeConnector();
  readonly logged: string[] = [];
  incidentId = '';
  /** How long a press waits for what comes of it, ms; null for as long as in production. Set before the start. */
  answerWithinMs: number | null = null;
  #simulator: Simulator | null = null;
  #app: App | null = null;
  #folder = '';

  /**
   * @param settings in place of those that make Megan's group everything
   * @param clock of the product; the tenant keeps its own
   */
  async start(settings: Environment = MEGAN_IS_EVERYTHING, clock?: Clock): Promise<void> {
    await this.watch(settings, clock);
    await this.app.start();
    // The first word in the channel makes it the alert channel, so that the card is posted.
    await this.send({ text: 'help' });
    await vi.waitUntil(() => this.app.store.outbox.postedCard(this.incidentId), { timeout: 10_000 });
  }

  /** As `start`, as far as the incident: no port is open and no job runs. */
  async watch(settings: Environment, clock?: Clock): Promise<void> {
    await this.connector.start();
    this.#simulator = await startSimulator({ scenario: 'forum', clock: { now: () => Date.now() } });
    const simulator = this.#simulator;
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
    this.#folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    const loaded = loadConfig({
      ...settingsFor(simulator, `file:${this.#folder}/watch.db`),
      SCAN_SCHEDULE: NEVER,
      // Tests ask more than people do.
      TURNS_PER_MINUTE: '10000',
      ...settings,
      LOG_LEVEL: 'debug',
    });
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    this.#app = await compose(loaded.config, {
      logTo: { write: (line: string) => void this.logged.push(line) },
      tickMs: 20,
      ...(clock ? { clock } : {}),
      ...(this.answerWithinMs === null ? {} : { answerWithinMs: this.answerWithinMs }),
    });
    const signal = new AbortController().signal;
    await this.app.scanOnce({ kind: 'full' }, signal);
    simulator.tenant.act({
      kind: 'withdraw-license',
      users: [...FORUM_VICTIMS],
      sku: 'O365_BUSINESS_PREMIUM',
    });
    await this.app.scanOnce({ kind: 'full' }, signal);
    await attributeDue(this.app.jobs);
    this.incidentId = (await this.app.store.incidents.open())[0]?.id ?? '';
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('start first');
    return this.#simulator;
  }

  get app(): App {
    if (!this.#app) throw new Error('start first');
    return this.#app;
  }

  /** What nobody may change by talking. */
  async kept(): Promise<unknown> {
    const { store } = this.app;
    return {
      incidents: await store.incidents.recent(100),
      decisions: await store.decisions.recent(100),
      steps: await store.decisions.steps(this.incidentId),
      changes: await store.changes.find({}),
      target: (await store.conversations.alertTarget())?.key,
    };
  }

  /** A message of Megan in the channel. */
  activity(): Record<string, unknown> {
    const { tenantId } = this.simulator;
    return {
      type: 'message',
      id: 'activity-1',
      channelId: 'msteams',
      serviceUrl: this.connector.url,
      from: { id: 'user-id-0', name: 'Megan Bowen', aadObjectId: OPERATOR_ID },
      recipient: { id: BOT, name: 'License Watch' },
      conversation: { id: CHANNEL, conversationType: 'channel', tenantId, isGroup: true },
      channelData: { tenant: { id: tenantId }, team: { id: TEAM }, channel: { id: CHANNEL } },
      text: 'status',
      entities: [{ type: 'mention', text: '<at>License Watch</at>', mentioned: { id: BOT } }],
      locale: 'en-US',
      localTimezone: 'Europe/Amsterdam',
    };
  }

  /** Posts to the bot as Teams does; `fields` replace those of the message. */
  async send(fields: Record<string, unknown>): Promise<Exchange> {
    const before = this.connector.said.length;
    const started = performance.now();
    const response = await fetch(`http://127.0.0.1:${this.app.port()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...this.activity(), ...fields }),
    });
    const text = await response.text();
    const said = this.connector.said.slice(before).map(({ activity }) => activity);
    return { status: response.status, text, said, ms: performance.now() - started };
  }

  press(verb: unknown, data: unknown, fields: Record<string, unknown> = {}): Promise<Exchange> {
    return this.send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...fields,
    });
  }

  async stop(): Promise<void> {
    await this.#app?.stop();
    await this.connector.stop();
    await this.#simulator?.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
