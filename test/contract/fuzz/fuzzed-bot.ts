import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { botServices, type LoadView } from '../../../src/app/bot-services.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { directoryRoleId, directoryRoleName } from '../../../src/config/directory-roles.ts';
import type { Decision } from '../../../src/domain/incident/decision.ts';
import { portalsOf } from '../../../src/microsoft365/portals.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { createAccess } from '../../../src/teams/access/access.ts';
import { createRoleHolders } from '../../../src/teams/access/role-holders.ts';
import { activityEndpoint } from '../../../src/teams/activity-endpoint.ts';
import { createAdapter } from '../../../src/teams/adapter.ts';
import { createBot } from '../../../src/teams/bot.ts';
import type { BotContext } from '../../../src/teams/bot-context.ts';
import { createPressers, findChannelOperators } from '../../../src/teams/channel-operators.ts';
import { COMMANDS } from '../../../src/teams/commands/index.ts';
import { createFileConsentFlow } from '../../../src/teams/files/file-consent-flow.ts';
import { createTell } from '../../../src/teams/tell.ts';
import { settingsFor } from '../../builders/simulator/simulated-settings.ts';
import { ROLE_SETTINGS } from '../authorization/cast.ts';
import { Stage } from '../authorization/stage.ts';
import { ConnectorInProcess } from './connector-in-process.ts';
import { roleDirectory } from './role-directory.ts';

/** All that came of one activity. */
export type Outcome = {
  status: number;
  /** The answer to an invoke. */
  body: unknown;
  /** Messages, also those in the place of earlier ones. */
  sent: Record<string, unknown>[];
  decided: Decision[];
  /** Of the whole turn, ms. */
  ms: number;
  /** Lines of the log. */
  logged: string[];
  /** Turns that ended in an apology. */
  failed: number;
  /** Parts of files that were written for somebody who sees a part of the users. */
  scopedFiles: string[];
};

/** More decisions than one turn takes. */
const RECENT = 5;

/**
 * The bot from its door to its store, in this process: the SDK, our router and the real services on a database in
 * memory, which a read of the simulated company has filled. What it sends stays here, and no job runs.
 */
export class FuzzedBot {
  readonly stage = new Stage();
  readonly #connector = new ConnectorInProcess();
  #receive: ReturnType<typeof activityEndpoint> | null = null;
  #stopFiles = async (): Promise<void> => undefined;
  #known = new Set<string>();
  #failed = 0;
  #scopedFiles: string[] = [];
  #logged: string[] = [];

  async start(): Promise<void> {
    const { stage } = this;
    await stage.watch({ DATABASE_URL: 'file::memory:' });
    const { app, simulator } = stage.bot;
    const { store } = app;
    const loaded = loadConfig({ ...settingsFor(simulator, 'file::memory:'), ...ROLE_SETTINGS });
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    const { config } = loaded;
    const log = createLogger({
      level: 'debug',
      to: { write: (line: string) => void this.#logged.push(line) },
    });
    // Nobody writes here, so that waiting for what comes of it is waiting for the clock.
    const clock = { now: () => stage.now(), sleep: async (ms: number) => stage.advance(ms) };
    const loadView: LoadView = (id, { sees, acts }) =>
      loadIncidentView(store, id, { now: stage.now(), sees, acts });
    const access = createAccess({
      roles: config.roles,
      tenantId: config.tenant.tenantId,
      directory: roleDirectory,
      lastKnown: { note: async () => undefined, sight: async () => undefined },
      scannedKind: async () => 'member',
      now: clock.now,
      onFailure: (_source, error) => {
        throw error;
      },
    });
    const scheduler = {
      wakeUp: () => undefined,
      notified: () => undefined,
      requestScan: async () => ({ kind: 'starts', by: null, throttled: null }) as const,
    };
    const jobs = { ...app.jobs, log, clock };
    const services = botServices(
      { config, live: app.live, clock, log, store, jobs, scheduler, loadView, answerWithinMs: 6_000 },
      access,
      createRoleHolders({
        roles: config.roles,
        directory: roleDirectory,
        accessOf: (aadObjectId) => access({ aadObjectId, tenantId: config.tenant.tenantId, name: '' }),
        roleName: directoryRoleName,
        roleId: directoryRoleId,
        now: clock.now,
      }),
    );
    const newReference = () => 'a-reference';
    const adapter = createAdapter({
      identity: { type: 'anonymous' },
      governmentCloud: false,
      newReference,
      log,
    });
    this.#connector.connectTo(adapter);
    const files = createFileConsentFlow({
      exportFile: this.#watched(services.exportFile),
      uploads: { accepts: () => true, put: async () => ({ ok: true }) },
      tell: createTell({ adapter, appId: '', now: clock.now, log }),
      now: clock.now,
      newId: randomUUID,
      newReference,
      log,
    });
    this.#stopFiles = () => files.stop();
    const operatorsIn = findChannelOperators({
      accessOf: (aadObjectId) => services.access({ aadObjectId, tenantId: config.tenant.tenantId, name: '' }),
      now: clock.now,
      log,
    });
    const botContext: BotContext = {
      services,
      files,
      commands: COMMANDS,
      channelShowsNames: false,
      tenantId: config.tenant.tenantId,
      timeZone: config.watch.timeZone,
      portals: portalsOf({ name: 'public' }),
      secondAbove: null,
      filesFromBots: true,
      pressers: createPressers(),
      now: clock.now,
      newReference,
      turnsPerMinute: Number.POSITIVE_INFINITY,
      onDropped: () => undefined,
      onTurn: (_kind, outcome) => {
        if (outcome === 'failed') this.#failed++;
      },
      log,
    };
    const bot = createBot(botContext, operatorsIn);
    this.#receive = activityEndpoint(adapter, bot, log);
    await this.#newDecisions();
  }

  /** Hands an activity to the bot as the port does with a parsed body, and waits for the end of the turn. */
  async take(body: object): Promise<Outcome> {
    let status = 0;
    let answer: unknown;
    const response = {
      send(code: number, value?: unknown) {
        status = code;
        answer = value;
      },
    };
    this.#logged = [];
    this.#failed = 0;
    this.#scopedFiles = [];
    const started = performance.now();
    // The endpoint reads two fields of a request and calls one method of the answer.
    await this.#receive?.({ body, headers: {} } as unknown as Request, response as unknown as Response);
    const ms = performance.now() - started;
    return {
      status,
      body: answer === undefined ? undefined : JSON.parse(JSON.stringify(answer)),
      sent: this.#connector.taken(),
      decided: await this.#newDecisions(),
      ms,
      logged: this.#logged,
      failed: this.#failed,
      scopedFiles: this.#scopedFiles,
    };
  }

  /** Decisions that the test itself has made are not those of the next turn. */
  async forgetDecisions(): Promise<void> {
    await this.#newDecisions();
  }

  async stop(): Promise<void> {
    await this.#stopFiles();
    await this.stage.stop();
  }

  async #newDecisions(): Promise<Decision[]> {
    const recent = await this.stage.store.decisions.recent(RECENT);
    const fresh = recent.filter(({ id }) => !this.#known.has(id));
    this.#known = new Set(recent.map(({ id }) => id));
    return fresh;
  }

  /** Keeps what is written into files for somebody who sees a part of the users. */
  #watched(exportFile: Parameters<typeof createFileConsentFlow>[0]['exportFile']): typeof exportFile {
    const kept = this;
    return (request, access, asker) => {
      const file = exportFile(request, access, asker);
      if (access.sees === null) return file;
      return {
        name: file.name,
        async *lines() {
          for await (const part of file.lines()) {
            kept.#scopedFiles.push(part.text);
            yield part;
          }
        },
      };
    };
  }
}

/** The id under which a file was offered, where a message offers one. */
const Offer = z.looseObject({
  attachments: z.tuple([
    z.looseObject({ content: z.looseObject({ acceptContext: z.object({ fileId: z.string() }) }) }),
  ]),
});

/** @returns the ids of the files that these messages offer */
export const offersIn = (sent: Outcome['sent']): string[] =>
  sent.flatMap((activity) => {
    const offer = Offer.safeParse(activity);
    return offer.success ? [offer.data.attachments[0].content.acceptContext.fileId] : [];
  });
