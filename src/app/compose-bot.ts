/** Builds the bot: loaded only by commands that run one, because its SDKs are slow to load. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { RoleFacts } from '../answers/answer/role-facts.ts';
import type { Config } from '../config/config.ts';
import { directoryRoleId, directoryRoleName } from '../config/directory-roles.ts';
import type { LiveConfig } from '../config/live.ts';
import { isLoopback } from '../config/values.ts';
import { NO_ACCESS } from '../domain/access/access.ts';
import { isGuest } from '../domain/access/person-kind.ts';
import type { PersonKind, StoredUser } from '../domain/ports.ts';
import type { ConnectedTenant } from '../microsoft365/connect/connect-tenant.ts';
import { portalsOf } from '../microsoft365/portals.ts';
import { componentLogger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { lookAtDatabase } from '../storage/doctor/look-at-database.ts';
import { createAccess } from '../teams/access/access.ts';
import { createLastKnown } from '../teams/access/known-access.ts';
import { createOperatorCandidates } from '../teams/access/operator-candidates.ts';
import { createRoleHolders } from '../teams/access/role-holders.ts';
import { activityEndpoint } from '../teams/activity-endpoint.ts';
import { appIdOf, createAdapter } from '../teams/adapter.ts';
import { createBot } from '../teams/bot.ts';
import type { BotContext } from '../teams/bot-context.ts';
import { ANSWER_TEMPLATE } from '../teams/cards/answer.template.ts';
import { INCIDENT_TEMPLATE } from '../teams/cards/incident/card.template.ts';
import { prepareCards } from '../teams/cards/render.ts';
import { SECURITY_TEMPLATE } from '../teams/cards/security/card.template.ts';
import { createPressers, findChannelOperators } from '../teams/channel-operators.ts';
import { COMMANDS } from '../teams/commands/index.ts';
import { chinaCloud } from '../teams/door/bot-framework.ts';
import { createFileConsentFlow } from '../teams/files/file-consent-flow.ts';
import { createNotifier } from '../teams/notifier.ts';
import { type RunningServer, type ServerOptions, startServer } from '../teams/server.ts';
import type { BotServices } from '../teams/services.ts';
import { createTell } from '../teams/tell.ts';
import { botIdentity } from './bot-identity.ts';
import { botServices, type ServiceParts } from './bot-services.ts';
import { leaveNote } from './doctor/neighbours.ts';
import type { LiveSettings } from './live-settings.ts';
import { notificationHandler } from './notification-handler.ts';
import type { NotifierSlot } from './notifier-slot.ts';
import { readinessLimits, storeReadiness } from './readiness.ts';
import { rebuilt } from './rebuilt.ts';
import { unitFacts } from './unit-facts.ts';

export type BotParts = ServiceParts & {
  config: Config;
  metrics: Metrics;
  tenant: ConnectedTenant;
  connectNotifier: NotifierSlot['connect'];
};

/** Opens the bot's port and connects it to the jobs; from then on cards go out. */
export async function startBot(parts: BotParts): Promise<RunningServer> {
  const { config, clock, store, metrics, tenant, jobs } = parts;
  const log = componentLogger(parts.log, 'teams');
  const roleUnread = (source: string, error: unknown): void =>
    log.warn({ source, err: error }, 'a source of roles could not be read');
  const { live } = parts;
  const accessBy = rebuilt(rolesOf(live), (roles) =>
    createAccess({
      roles,
      tenantId: config.tenant.tenantId,
      directory: tenant.access,
      lastKnown: createLastKnown(store.knownAccess, config.tenant.tenantId, roleUnread),
      scannedKind: async (userId) => scannedKind(await store.users.byIds([userId])),
      now: () => clock.now(),
      onFailure: roleUnread,
    }),
  );
  const access: BotServices['access'] = async (person) => {
    await live.refresh();
    return accessBy()(person);
  };
  const candidates = rebuilt(rolesOf(live), (roles) =>
    createOperatorCandidates(roles, tenant.access, () => clock.now()),
  );
  const newReference = (): string => randomBytes(4).toString('hex');
  const governmentCloud = config.cloud.name === 'gcch' || config.cloud.name === 'dod';
  // "Send and receive files using a bot" of the Teams documentation: not in GCC High and DoD.
  const filesFromBots = !governmentCloud;
  const identity = botIdentity(config.bot, config.cloud, (service, status) =>
    metrics.requestAnswered(service, status),
  );
  const adapter = createAdapter({
    identity,
    governmentCloud,
    ...(config.cloud.name === 'china' && config.bot.type !== 'anonymous'
      ? { framework: chinaCloud(config.bot.tenantId) }
      : {}),
    now: () => clock.now(),
    newReference,
    log,
  });
  const pressers = createPressers();
  const portals = portalsOf(config.cloud);
  const operatorsIn = findChannelOperators({
    // Who holds no role by any setting is not asked about one by one.
    accessOf: async (aadObjectId) =>
      (await candidates()(aadObjectId))
        ? access({ aadObjectId, tenantId: config.tenant.tenantId, name: '' })
        : NO_ACCESS,
    now: () => clock.now(),
    log,
  });
  const notifier = createNotifier({
    adapter,
    appId: appIdOf(identity),
    conversations: store.conversations,
    findMessage: (where) => tenant.channelHistory.findMessage(where),
    operatorsIn,
    now: () => clock.now(),
    pressers,
    portals,
    get timeZone() {
      return live.current().watch.timeZone;
    },
    log,
  });
  parts.connectNotifier(notifier);
  const rolesBy = rebuilt(rolesOf(live), (roles) =>
    createRoleHolders({
      roles,
      directory: tenant.access,
      accessOf: (aadObjectId) => access({ aadObjectId, tenantId: config.tenant.tenantId, name: '' }),
      roleName: directoryRoleName,
      roleId: directoryRoleId,
      now: () => clock.now(),
    }),
  );
  const roles: RoleFacts = {
    get unrestricted() {
      return rolesBy().unrestricted;
    },
    sources: () => rolesBy().sources(),
    holdersOf: (role) => rolesBy().holdersOf(role),
    accessOf: (userId) => rolesBy().accessOf(userId),
  };
  const services = botServices(
    { ...parts, units: unitFacts(tenant.access, jobs), directory: tenant.access },
    access,
    roles,
  );
  const tell = createTell({ adapter, appId: appIdOf(identity), now: () => clock.now(), log });
  const files = createFileConsentFlow({
    exportFile: services.exportFile,
    uploads: filesFromBots ? tenant.uploads : null,
    tell,
    now: () => clock.now(),
    newId: randomUUID,
    newReference,
    log,
  });
  const botContext: BotContext = {
    services,
    files,
    commands: COMMANDS,
    get channelShowsNames() {
      return jobs.settings.channelShowsNames;
    },
    tenantId: config.bot.type === 'anonymous' ? config.tenant.tenantId : config.bot.tenantId,
    get timeZone() {
      return live.current().watch.timeZone;
    },
    portals,
    get secondAbove() {
      return jobs.settings.secondApproverAbove;
    },
    filesFromBots,
    pressers,
    now: () => clock.now(),
    newReference,
    onTurn: (kind, outcome, seconds) => metrics.turnHandled(kind, outcome, seconds),
    turnsPerMinute: config.http.turnsPerMinute,
    onDropped: (over) => metrics.turnDropped(over),
    log,
  };
  const bot = createBot(botContext, operatorsIn);
  const limits = readinessLimits(config.watch);
  const { mark } = await lookAtDatabase(config.data.databaseUrl);
  const server = await startServer({
    host: config.http.host,
    port: config.http.port,
    localOnly: config.bot.type === 'anonymous',
    operations: operationsOf(config.http),
    onActivity: activityEndpoint(adapter, bot, log),
    notifications: notificationHandler(jobs, parts.scheduler),
    health: {
      live: () => true,
      ready: () => storeReadiness(store, clock.now(), limits),
      metrics: () => metrics.render(),
      storeOf: (tenantId) => (tenantId.toLowerCase() === config.tenant.tenantId ? mark : null),
    },
    log,
  });
  void prepareCards([ANSWER_TEMPLATE, INCIDENT_TEMPLATE, SECURITY_TEMPLATE]);
  const takeNoteAway = await leaveNote(server.port);
  return {
    port: server.port,
    operationsPort: server.operationsPort,
    async close() {
      await takeNoteAway();
      await files.stop();
      await server.close();
    },
  };
}

const rolesOf =
  ({ current }: LiveSettings) =>
  (): LiveConfig['roles'] =>
    current().roles;

/** Null for somebody who is new since the last scan, or gone. */
const scannedKind = ([user]: readonly StoredUser[]): PersonKind | null => {
  if (!user || user.removedAt !== null) return null;
  return isGuest(user.state) ? 'guest' : 'member';
};

/** On the bot's own port only this machine learns everything without a token. */
function operationsOf({ host, operations, operationsToken }: Config['http']): ServerOptions['operations'] {
  if (operations !== null) return operations;
  return { guard: isLoopback(host) ? { for: 'everybody' } : { for: 'token', token: operationsToken } };
}
