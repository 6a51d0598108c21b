/** Builds the bot: loaded only by commands that run one, because its SDKs are slow to load. */
import { randomBytes } from 'node:crypto';
import { createAsk } from './answers/ask.ts';
import { readinessLimits, storeReadiness } from './compose-readiness.ts';
import type { Config } from './config/config.ts';
import type { Clock, Store } from './domain/ports.ts';
import type { JobContext } from './jobs/context.ts';
import { decide, moveAlerts } from './jobs/decide.ts';
import type { LoadIncidentView } from './jobs/deliver.ts';
import type { Scheduler } from './jobs/schedule.ts';
import type { ConnectedTenant } from './microsoft365/connect-tenant.ts';
import { componentLogger, type Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import { activityEndpoint } from './teams/activity-endpoint.ts';
import { appIdOf, createAdapter } from './teams/adapter.ts';
import { createBot } from './teams/bot.ts';
import { COMMANDS } from './teams/commands/index.ts';
import { createNotifier } from './teams/notifier.ts';
import { createRoles } from './teams/roles.ts';
import { type RunningServer, startServer } from './teams/server.ts';
import type { BotServices } from './teams/services.ts';

export type BotParts = {
  config: Config;
  clock: Clock;
  log: Logger;
  store: Store;
  metrics: Metrics;
  tenant: ConnectedTenant;
  jobs: JobContext;
  scheduler: Scheduler;
  loadView: LoadIncidentView;
};

/** A membership question that takes longer than this counts as not answered, ms. */
const ROLE_TIMEOUT_MS = 8_000;

/** Opens the bot's port and connects it to the jobs; from then on cards go out. */
export async function startBot(parts: BotParts): Promise<RunningServer> {
  const { config, clock, store, metrics, tenant, jobs } = parts;
  const log = componentLogger(parts.log, 'teams');
  const newReference = (): string => randomBytes(4).toString('hex');
  const adapter = createAdapter({
    identity: config.bot,
    governmentCloud: config.cloud.name === 'gcch' || config.cloud.name === 'dod',
    newReference,
    log,
  });
  jobs.notifier = createNotifier({
    adapter,
    appId: appIdOf(config.bot),
    conversations: store.conversations,
    findMessage: (where) => tenant.channelHistory.findMessage(where),
    timeZone: config.watch.timeZone,
    log,
  });
  const bot = createBot({
    services: botServices(parts),
    commands: COMMANDS,
    tenantId: config.bot.type === 'anonymous' ? config.tenant.tenantId : config.bot.tenantId,
    timeZone: config.watch.timeZone,
    now: () => clock.now(),
    newReference,
    onTurn: (kind, outcome, seconds) => metrics.turnHandled(kind, outcome, seconds),
    log,
  });
  const limits = readinessLimits(config.watch);
  return startServer({
    ...config.http,
    onActivity: activityEndpoint(adapter, bot, log),
    health: {
      live: () => true,
      ready: () => storeReadiness(store, clock.now(), limits),
      metrics: () => metrics.render(),
    },
    log,
  });
}

function botServices({
  config,
  clock,
  log,
  store,
  tenant,
  jobs,
  scheduler,
  loadView,
}: BotParts): BotServices {
  const role = createRoles({
    groups: config.roles,
    members: (groupId) => tenant.reader.groupMembers(groupId, AbortSignal.timeout(ROLE_TIMEOUT_MS)),
    now: () => clock.now(),
    onFailure: (groupId, error) =>
      log.warn({ groupId, err: error }, 'members of a role group could not be read'),
  });
  const ask = createAsk({
    store,
    now: () => clock.now(),
    timeZone: config.watch.timeZone,
    incidentView: loadView,
  });
  return {
    ask: (text, asker) => ask(text, { userId: asker.person.aadObjectId, timeZone: asker.timeZone }),
    incident: loadView,
    async decide(request, by) {
      const decided = await decide(jobs, request, by);
      if (decided.kind === 'accepted') scheduler.nudge();
      const view = await loadView(request.incidentId);
      if (decided.kind === 'refused') return { kind: 'refused', reason: decided.reason, view };
      return view
        ? { kind: 'accepted', view }
        : { kind: 'refused', reason: 'I do not know this incident.', view };
    },
    requestScan: () => scheduler.requestScan(),
    role,
    alertTargetChanged: () => scheduler.nudge(),
    async postAlertsIn(conversationKey, by) {
      await moveAlerts(jobs, conversationKey, by);
      scheduler.nudge();
    },
    conversations: store.conversations,
  };
}
