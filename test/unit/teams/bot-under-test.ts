import pino from 'pino';
import type { FileUploads, Notifier } from '../../../src/domain/ports.ts';
import { activityEndpoint } from '../../../src/teams/activity-endpoint.ts';
import { type BotIdentity, createAdapter } from '../../../src/teams/adapter.ts';
import { createBot } from '../../../src/teams/bot.ts';
import type { BotContext } from '../../../src/teams/bot-context.ts';
import { createPressers, findChannelOperators } from '../../../src/teams/channel-operators.ts';
import { COMMANDS } from '../../../src/teams/commands/index.ts';
import type { BotFramework } from '../../../src/teams/door/bot-framework.ts';
import { createFileConsentFlow, type FileConsentFlow } from '../../../src/teams/files/file-consent-flow.ts';
import { createNotifier, type FindMessage } from '../../../src/teams/notifier.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../../src/teams/server.ts';
import { createTell } from '../../../src/teams/tell.ts';
import { FakeConnector } from './fake-connector.ts';
import { FakeServices } from './fake-services.ts';

export const TENANT = '8e2f1c4a-5b3d-4e6f-9a7b-0c1d2e3f4a5b';
export const MEGAN = '11111111-2222-4333-8444-555555555555';
export const NOW = Date.UTC(2026, 2, 5, 10, 0);
export const CHANNEL = '19:license-alerts@thread.tacv2';
export const TEAM = '19:it-operations@thread.tacv2';
export const BOT = '28:00000000-0000-4000-8000-0000000000b0';

/** The whole room behind a real port, with a connector beside it. Megan is an operator. */
export class BotUnderTest {
  readonly connector = new FakeConnector();
  readonly services = new FakeServices();
  readonly logged: Record<string, unknown>[] = [];
  /** Set before `start`. */
  channelShowsNames = true;
  operations: ServerOptions['operations'] = { guard: { for: 'everybody' } };
  requestTimeoutMs: number | null = null;
  /** Tests ask more than people do. */
  turnsPerMinute = Number.POSITIVE_INFINITY;
  readonly dropped: string[] = [];
  /** Who signs what Teams sends, in the place of Microsoft. */
  framework: BotFramework | null = null;
  secondAbove: number | null = null;
  filesFromBots = true;
  found: FindMessage = async () => ({ known: false });
  /** ms UTC, as the notifier sees it. */
  now = NOW;
  /** Where files go; null as in clouds whose Teams takes none from bots. */
  uploads: FileUploads | null = null;
  /** How long an offer of a file may take before it is told later, ms. */
  patienceMs = 10_000;
  #files: FileConsentFlow | null = null;
  #server: RunningServer | null = null;
  #notifier: Notifier | null = null;
  #references = 0;

  async start(identity: BotIdentity = { type: 'anonymous' }): Promise<void> {
    await this.connector.start();
    this.services.roles.set(MEGAN, 'operator');
    const log = pino(
      { level: 'debug' },
      { write: (line: string) => void this.logged.push(JSON.parse(line)) },
    );
    const newReference = () => `REF-${++this.#references}`;
    const adapter = createAdapter({
      identity,
      governmentCloud: false,
      ...(this.framework ? { framework: this.framework } : {}),
      newReference,
      log,
    });
    this.#files = createFileConsentFlow({
      exportFile: (request) => this.services.exportFile(request),
      uploads: this.uploads,
      tell: createTell({ adapter, appId: '', now: () => this.now, log }),
      now: () => this.now,
      patienceMs: this.patienceMs,
      newId: () => `file-${++this.#references}`,
      newReference,
      log,
    });
    const pressers = createPressers();
    const portals = { entra: 'https://entra.example', admin: 'https://admin.example' };
    const operatorsIn = findChannelOperators({
      accessOf: (aadObjectId) => this.services.access({ aadObjectId, tenantId: TENANT, name: '' }),
      now: () => this.now,
      log,
    });
    const context: BotContext = {
      services: this.services,
      files: this.#files,
      commands: COMMANDS,
      channelShowsNames: this.channelShowsNames,
      tenantId: TENANT,
      timeZone: 'Europe/Amsterdam',
      portals,
      secondAbove: this.secondAbove,
      filesFromBots: this.filesFromBots,
      pressers,
      now: () => NOW,
      newReference,
      onTurn: () => undefined,
      turnsPerMinute: this.turnsPerMinute,
      onDropped: (over) => void this.dropped.push(over),
      log,
    };
    const bot = createBot(context, operatorsIn);
    this.#notifier = createNotifier({
      adapter,
      appId: '',
      conversations: this.services.conversations,
      findMessage: (where) => this.found(where),
      operatorsIn,
      now: () => this.now,
      pressers,
      portals,
      timeZone: 'Europe/Amsterdam',
      log,
    });
    this.#server = await startServer({
      host: '127.0.0.1',
      port: 0,
      localOnly: identity.type === 'anonymous',
      operations: this.operations,
      ...(this.requestTimeoutMs === null ? {} : { requestTimeoutMs: this.requestTimeoutMs }),
      onActivity: activityEndpoint(adapter, bot, log),
      notifications: null,
      health: {
        live: () => true,
        ready: async () => ({
          ok: false,
          checks: [{ name: 'scan', ok: false, detail: 'No complete scan yet.' }],
        }),
        metrics: async () => 'license_watch_up 1\n',
      },
      log,
    });
  }

  get operationsUrl(): string {
    return `http://127.0.0.1:${this.#server?.operationsPort ?? 0}`;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server?.port ?? 0}`;
  }

  get notifier(): Notifier {
    if (!this.#notifier) throw new Error('start first');
    return this.#notifier;
  }

  /** Posts to the bot as Teams does; `fields` replace those of a message in the channel. */
  async send(
    fields: Record<string, unknown> = {},
  ): Promise<{ status: number; body: Record<string, unknown> | null }> {
    return this.post(JSON.stringify({ ...this.activity(), ...fields }));
  }

  async post(body: string): Promise<{ status: number; body: Record<string, unknown> | null }> {
    const response = await fetch(`${this.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** A message of Megan in the channel. */
  activity(): Record<string, unknown> {
    return {
      type: 'message',
      id: 'activity-1',
      channelId: 'msteams',
      serviceUrl: this.connector.url,
      from: { id: 'user-id-0', name: 'Megan Bowen', aadObjectId: MEGAN },
      recipient: { id: BOT, name: 'License Watch' },
      conversation: {
        id: `${CHANNEL};messageid=1700000000000`,
        conversationType: 'channel',
        tenantId: TENANT,
        isGroup: true,
      },
      channelData: { tenant: { id: TENANT }, team: { id: TEAM }, channel: { id: CHANNEL } },
      text: '<at>License Watch</at> status',
      entities: [
        { type: 'mention', text: '<at>License Watch</at>', mentioned: { id: BOT, name: 'License Watch' } },
      ],
      locale: 'en-US',
      localTimezone: 'America/New_York',
    };
  }

  /** The same in Megan's personal chat. */
  personal(): Record<string, unknown> {
    return {
      conversation: { id: 'personal-chat-id', conversationType: 'personal', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      entities: [],
    };
  }

  /** Megan presses a button. */
  press(verb: string, data: unknown, fields: Record<string, unknown> = {}) {
    return this.send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      replyToId: 'card-1',
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...fields,
    });
  }

  async stopFiles(): Promise<void> {
    await this.#files?.stop();
  }

  async stop(): Promise<void> {
    await this.stopFiles();
    await this.#server?.close();
    await this.connector.stop();
  }
}

/** The text of everything in a card, for assertions on what people read. */
export function textOf(card: unknown): string {
  const texts: string[] = [];
  JSON.stringify(card, (key, value) => {
    if (['text', 'title', 'value', 'label'].includes(key) && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('\n');
}
