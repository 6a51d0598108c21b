import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import tls from 'node:tls';
import granted from '../../../scripts/permissions.json' with { type: 'json' };
import { doctor } from '../../../src/cli/doctor.ts';
import {
  BOT_CLIENT_ID,
  BOT_SECRET,
  OPERATORS_GROUP_ID,
} from '../../../src/simulator/scenarios/well-known.ts';
import { ALL_PERMISSIONS } from '../../../src/simulator/sign-in/registration.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { runCommand } from '../../builders/run-command.ts';
import { type ReadyBot, startReadyBot } from './ready-bot.ts';

export type JsonFinding = { check: string; ok: boolean | null; detail: string; breaks: string; fix: string };

export const TEAM = '19:license-team@thread.tacv2';
export const GROUP = '5f6d1c34-7b1e-4b9a-8f53-2f0b8a7c9d10';
export const CHANNEL = '19:alerts@thread.tacv2';
const FEEDS = ['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.SharePoint', 'Audit.General'] as const;

// Bots of other tests leave notes in the usual folder of this machine: they are no neighbours of these tenants.
process.env.TMPDIR = mkdtempSync(path.join(tmpdir(), 'license-watch-doctor-'));

/** A tenant, a database and settings in which nothing is wrong, for a test to break one thing of. */
export class DoctorWorld {
  env: Record<string, string> = {};
  folder = '';
  certificate: string | undefined;
  readonly #bots: ReadyBot[] = [];
  #simulator: Simulator | null = null;

  async start(clientCertificate?: string): Promise<void> {
    const simulator = await startSimulator({
      scenario: 'quiet',
      clock: { now: () => Date.now() },
      clientCertificate,
    });
    this.#simulator = simulator;
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
    const least = new Set(granted.flatMap(({ permissions }) => permissions));
    for (const name of ALL_PERMISSIONS) simulator.tenant.permit(name, least.has(name));
    for (const feed of FEEDS) simulator.tenant.feed.start(feed, Date.now());
    simulator.tenant.teams.change({
      kind: 'install',
      teamId: TEAM,
      groupId: GROUP,
      channelIds: [TEAM, CHANNEL],
    });
    this.folder = await mkdtemp(path.join(tmpdir(), 'license-watch-doctor-'));
    this.env = {
      // Nobody listens there, and a doctor must not care for what else this machine runs.
      PORT: '1',
      AAD_APP_TENANT_ID: simulator.tenantId,
      AAD_APP_CLIENT_ID: simulator.clientId,
      AAD_APP_CLIENT_SECRET: simulator.clientSecret,
      BOT_ID: BOT_CLIENT_ID,
      BOT_TYPE: 'SingleTenant',
      BOT_TENANT_ID: simulator.tenantId,
      BOT_PASSWORD: BOT_SECRET,
      CLOUD: 'custom',
      AUTHORITY_URL: simulator.origin,
      GRAPH_URL: simulator.origin,
      MANAGEMENT_API_URL: simulator.origin,
      DATABASE_URL: `file:${this.file}`,
      READER_GROUP_ID: OPERATORS_GROUP_ID,
      OPERATOR_GROUP_ID: OPERATORS_GROUP_ID,
      OWNER_GROUP_ID: OPERATORS_GROUP_ID,
    };
    await this.fill(this.env.DATABASE_URL ?? '');
  }

  /** Lets a database know the channel that gets the alerts. */
  async fill(url: string): Promise<void> {
    const store = await openStore({ url });
    await store.conversations.upsert({
      key: CHANNEL,
      kind: 'channel',
      name: 'Alerts',
      tenantId: this.simulator.tenantId,
      teamId: TEAM,
      reference: JSON.stringify({
        channelId: 'msteams',
        serviceUrl: `${this.simulator.origin}/`,
        conversation: { id: CHANNEL, conversationType: 'channel' },
        bot: { id: `28:${BOT_CLIENT_ID}` },
      }),
      updatedAt: Date.now(),
    });
    await store.close();
  }

  get file(): string {
    return path.join(this.folder, 'license-watch.db');
  }

  get simulator(): Simulator {
    if (this.#simulator === null) throw new Error('The world has not been started.');
    return this.#simulator;
  }

  /** Runs a bot's door, with whatever guard, beside the doctor. */
  async bot(options: Parameters<typeof startReadyBot>[0]): Promise<ReadyBot> {
    const bot = await startReadyBot(options);
    this.#bots.push(bot);
    return bot;
  }

  /** Runs the command as an administrator does. */
  async run(...args: string[]): Promise<{ code: number; out: string; findings: JsonFinding[] }> {
    const { code, out } = await runCommand(doctor, args.length > 0 ? args : ['--json'], { env: this.env });
    const lines = args.length > 0 ? [] : out.trim().split('\n');
    return { code, out, findings: lines.map((line): JsonFinding => JSON.parse(line)) };
  }

  async stop(): Promise<void> {
    for (const bot of this.#bots.splice(0)) await bot.close();
    await this.#simulator?.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The checks with this outcome, in the order of the alphabet. */
export const checksThat = (findings: readonly JsonFinding[], ok: boolean | null): string[] =>
  findings
    .filter((finding) => finding.ok === ok)
    .map(({ check }) => check)
    .sort();
