/** Builds the bot: loaded only by commands that run one, because its SDKs are slow to load. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createAsk } from './answers/ask.ts';
import { exportFileName, exportLines } from './answers/export/request.ts';
import { createFindPeople } from './answers/find-people.ts';
import { createSights } from './answers/sights.ts';
import { readinessLimits, storeReadiness } from './compose-readiness.ts';
import { spendFacts } from './compose-spend.ts';
import type { Config } from './config/config.ts';
import { type Access, isAtLeast } from './domain/access/access.ts';
import type { IncidentView } from './domain/incident/view.ts';
import type { Clock, Store } from './domain/ports.ts';
import type { JobContext } from './jobs/context.ts';
import { changeLicenses, outcomeOf } from './jobs/decisions/change-licenses.ts';
import { decide } from './jobs/decisions/decide.ts';
import { moveAlerts } from './jobs/decisions/move-alerts.ts';
import { stand } from './jobs/decisions/stand.ts';
import type { Scheduler } from './jobs/schedule.ts';
import type { ConnectedTenant } from './microsoft365/connect-tenant.ts';
import { componentLogger, type Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import { createAccess } from './teams/access.ts';
import { activityEndpoint } from './teams/activity-endpoint.ts';
import { appIdOf, createAdapter } from './teams/adapter.ts';
import { createBot } from './teams/bot.ts';
import { COMMANDS } from './teams/commands/index.ts';
import { createFileDesk } from './teams/files/file-desk.ts';
import { askingModel } from './teams/model/asking-model.ts';
import { createNotifier } from './teams/notifier.ts';
import { type RunningServer, startServer } from './teams/server.ts';
import type { BotServices } from './teams/services.ts';
import { createTell } from './teams/tell.ts';

/** Loads an incident as somebody sees it who sees and acts on these users; null when there is none. */
export type LoadView = (id: string, viewer: Pick<Access, 'sees' | 'acts'>) => Promise<IncidentView | null>;

export type BotParts = {
  config: Config;
  clock: Clock;
  log: Logger;
  store: Store;
  metrics: Metrics;
  tenant: ConnectedTenant;
  jobs: JobContext;
  scheduler: Scheduler;
  loadView: LoadView;
};

/** Opens the bot's port and connects it to the jobs; from then on cards go out. */
export async function startBot(parts: BotParts): Promise<RunningServer> {
  const { config, clock, store, metrics, tenant, jobs } = parts;
  const log = componentLogger(parts.log, 'teams');
  const access = createAccess({
    roles: config.roles,
    tenantId: config.tenant.tenantId,
    directory: tenant.access,
    now: () => clock.now(),
    onFailure: (source, error) => log.warn({ source, err: error }, 'a source of roles could not be read'),
  });
  const newReference = (): string => randomBytes(4).toString('hex');
  const governmentCloud = config.cloud.name === 'gcch' || config.cloud.name === 'dod';
  const adapter = createAdapter({
    identity: config.bot,
    governmentCloud,
    newReference,
    log,
  });
  jobs.notifier = createNotifier({
    adapter,
    appId: appIdOf(config.bot),
    conversations: store.conversations,
    findMessage: (where) => tenant.channelHistory.findMessage(where),
    mayAct: async (aadObjectId) => {
      const person = { aadObjectId, tenantId: config.tenant.tenantId, name: '' };
      return isAtLeast((await access(person)).role, 'operator');
    },
    now: () => clock.now(),
    timeZone: config.watch.timeZone,
    log,
  });
  const services = botServices(parts, access);
  const tell = createTell({ adapter, appId: appIdOf(config.bot), log });
  const files = createFileDesk({
    exportFile: services.exportFile,
    // "Send and receive files using a bot" of the Teams documentation: not in GCC High and DoD.
    uploads: governmentCloud ? null : tenant.uploads,
    tell,
    now: () => clock.now(),
    newId: randomUUID,
    newReference,
    log,
  });
  const bot = createBot({
    services,
    files,
    commands: COMMANDS,
    channelShowsNames: jobs.settings.channelShowsNames,
    tenantId: config.bot.type === 'anonymous' ? config.tenant.tenantId : config.bot.tenantId,
    timeZone: config.watch.timeZone,
    now: () => clock.now(),
    newReference,
    onTurn: (kind, outcome, seconds) => metrics.turnHandled(kind, outcome, seconds),
    log,
  });
  const limits = readinessLimits(config.watch);
  const server = await startServer({
    ...config.http,
    onActivity: activityEndpoint(adapter, bot, log),
    health: {
      live: () => true,
      ready: () => storeReadiness(store, clock.now(), limits),
      metrics: () => metrics.render(),
    },
    log,
  });
  return {
    port: server.port,
    async close() {
      await files.stop();
      await server.close();
    },
  };
}

/** Teams waits ten seconds or so for the answer to a pressed button, ms. */
const ANSWER_WITHIN_MS = 6_000;

function botServices(
  { config, clock, log, store, jobs, scheduler, loadView }: BotParts,
  access: BotServices['access'],
): BotServices {
  const sights = createSights(store);
  const now = (): number => clock.now();
  const { timeZone } = config.watch;
  const ask = createAsk({
    store,
    sights,
    now,
    timeZone,
    incidentView: loadView,
    spend: spendFacts(config.spend),
    ...askingModel(config.model, log),
  });
  const findPeople = createFindPeople({ sights, ask, now, timeZone });
  // Whoever may see none of an incident's users is answered as if there were no such incident.
  const incident: LoadView = async (id, viewer) => {
    const view = await loadView(id, viewer);
    return view && view.others > 0 && view.others === view.userCount ? null : view;
  };
  return {
    access,
    ask: (text, asker, { sees, acts }, asked) =>
      ask(
        text,
        {
          userId: asker.person.aadObjectId,
          timeZone: asker.timeZone,
          conversation: asker.conversationKey,
          sees,
          acts,
        },
        asked,
      ),
    exportFile: (request, { sees }) => ({
      name: exportFileName(request, now()),
      lines: () => exportLines(sights(sees).store, request),
    }),
    findPeople: (said, asker, { sees, acts }) =>
      findPeople(said, { userId: asker.person.aadObjectId, timeZone: asker.timeZone, sees, acts }),
    incident,
    async decide(request, by, viewer) {
      const decided = await decide(jobs, request, by, viewer);
      if (decided.kind === 'accepted') scheduler.nudge();
      const view = await incident(request.incidentId, viewer);
      if (decided.kind === 'refused') return { kind: 'refused', reason: decided.reason, view };
      return view
        ? { kind: 'accepted', view }
        : { kind: 'refused', reason: 'I do not know this incident.', view };
    },
    async stand(request, by, viewer) {
      const decided = await stand(jobs, request, by, viewer);
      if (decided.kind === 'accepted') scheduler.nudge();
      return decided;
    },
    async changeLicenses(request, shown, by, viewer) {
      const started = await changeLicenses(jobs, request, shown, by, viewer);
      if (started.kind === 'refused') return { kind: 'refused', sentence: started.reason };
      scheduler.nudge();
      return { kind: 'accepted', sentence: await outcomeOf(jobs, started.decisionId, ANSWER_WITHIN_MS) };
    },
    requestScan: () => scheduler.requestScan(),
    alertTargetChanged: () => scheduler.nudge(),
    async postAlertsIn(conversationKey, by) {
      await moveAlerts(jobs, conversationKey, by);
      scheduler.nudge();
    },
    conversations: store.conversations,
  };
}
