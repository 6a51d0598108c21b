/** Builds every object from Config: the only place where adapters meet the domain. */
import { randomUUID } from 'node:crypto';
import { loadIncidentView } from '../answers/incident.ts';
import type { Config } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { givenOf } from '../config/given.ts';
import type { Clock, Notifier, ScanRecord, StepHook, Store } from '../domain/ports.ts';
import { type Backfilled, backfill } from '../jobs/collect/backfill.ts';
import { createMembersKnown, createSerialQueue, type JobContext, type NoteHead } from '../jobs/context.ts';
import { createLease, type Lease } from '../jobs/lease.ts';
import { createScheduler, type Scheduler } from '../jobs/running/schedule.ts';
import { type ScanRequest, scan } from '../jobs/scan/scan.ts';
import { type ConnectedTenant, connectTenant } from '../microsoft365/connect/connect-tenant.ts';
import { certificateEnd } from '../microsoft365/sign-in/certificate-end.ts';
import { componentLogger, createLogger, type Logger, type LoggerOptions } from '../observability/logger.ts';
import { createMetrics, type Metrics } from '../observability/metrics.ts';
import { noTracing, type Tracing } from '../observability/tracing.ts';
import { createRoutesSource } from '../route-files/routes-source.ts';
import type { RuleSource } from '../rule-files/rule-source.ts';
import { openStore } from '../storage/open-store.ts';
import type { LoadView } from './bot-services.ts';
import { claimTenant } from './claim-tenant.ts';
import { loadDetections } from './detections.ts';
import { jobSettings } from './job-settings.ts';
import { createLiveSettings, type LiveSettings } from './live-settings.ts';
import { createNotifierSlot } from './notifier-slot.ts';
import { placeOfHolder, processIdentity } from './process-identity.ts';
import { loadProductNames } from './product-names-file.ts';
import { readinessLimits, storeReadiness } from './readiness.ts';
import { rebuilt } from './rebuilt.ts';
import { retentionOf } from './retention-file.ts';
import { routingDefaults } from './routing-defaults.ts';
import { headNoter, indexArchive, sealArchive } from './seal-archive.ts';
import { forwardingOf, siemBehind } from './siem.ts';
import { systemClock } from './system-clock.ts';
import { telemetryOf } from './telemetry.ts';
import { createUnitsOf } from './units-of.ts';

export type ComposeOptions = {
  clock?: Clock;
  logTo?: LoggerOptions['to'];
  /** Tests stop the process at a named step. */
  onStep?: StepHook;
  /** How often due work is looked for, and how long a held read waits for its second one, ms. */
  tickMs?: number;
  confirmAfterMs?: number;
  /** How long a press waits for what comes of it, ms. */
  answerWithinMs?: number;
};

/** The whole product in one process. */
export type App = {
  store: Store;
  jobs: JobContext;
  live: LiveSettings;
  scheduler: Scheduler;
  /** The port that the bot listens on, once started. */
  port(): number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** One scan, without the bot; null when another process holds the lease. */
  scanOnce(request: ScanRequest, signal: AbortSignal): Promise<ScanRecord | null>;
  /** Searches older audit records, without the bot; also beside a running one. Throws TenantReadError. */
  backfill(window: { from: number; to: number }, signal: AbortSignal): Promise<Backfilled>;
};

const TICK_MS = 5_000;
/** Teams waits ten seconds or so for the answer to a pressed button, ms. */
const ANSWER_WITHIN_MS = 6_000;
const CONFIRM_AFTER_MS = 30_000;
/** What another process sets in chat counts here within this time, ms. */
const SETTINGS_EVERY_MS = 2_000;
/** Jobs stop within five seconds. What hangs after that waits for the database, and is cut off with it, ms. */
const STOP_WITHIN_MS = 6_500;

/**
 * Opens the database and connects everything; nothing is sent and no port opened before `start`.
 * Throws StorageError when the database cannot be opened, or watches another tenant.
 */
export async function compose(config: Config, options: ComposeOptions = {}): Promise<App> {
  const clock = options.clock ?? systemClock;
  const log = createLogger({ level: config.log.level, to: options.logTo ?? 'stdout' });
  await loadProductNames(config.spend.productNames, log);
  const store = await openStore({
    ...storeOptions(config.data),
    onCopy: (copy) => log.info({ copy }, 'the database was copied before it was upgraded'),
  });
  await claimTenant(store, config.tenant.tenantId);
  const identity = processIdentity();
  const live = createLiveSettings({
    given: givenOf(config),
    store,
    uptime: identity.uptime,
    log: componentLogger(log, 'settings'),
  });
  await live.reload();
  const noteHead = headNoter(config.data);
  await sealArchive({ store, clock, log }, noteHead);
  const forwarding = forwardingOf(config.data.siem, clock);
  const limits = readinessLimits(config.watch);
  const telemetry = await telemetryOf(config.telemetry, clock, log);
  const metrics = createMetrics({
    processMetrics: true,
    outboxWaiting: async () => (await store.outbox.backlog(clock.now())).waiting,
    detectBehind: async () => detectBehind(await store.security.backlog(), clock.now()),
    ...(forwarding === null ? {} : { siemBehind: () => siemBehind(store, forwarding, clock.now()) }),
    checks: async () => (await storeReadiness(store, clock.now(), limits)).checks,
  });
  telemetry?.sendMetrics(metrics);
  let indexing: Promise<void> | undefined;
  const stopping = new AbortController();
  const tenant = connectTenant({
    cloud: config.cloud,
    ...config.tenant,
    clock,
    random: Math.random,
    log: componentLogger(log, 'microsoft365'),
    onAnswer: (service, status) => metrics.requestAnswered(service, status),
    tracing: telemetry?.tracing ?? noTracing,
    signal: stopping.signal,
    // Without authentication the bot listens on this machine only, and its Teams is a simulated one.
    uploadsToLoopback: config.bot.type === 'anonymous',
  });
  const rules = await loadDetections(config.watch.detections, {
    now: () => clock.now(),
    log: componentLogger(log, 'detections'),
  });
  const slot = createNotifierSlot();
  const jobs = jobContext(config, options, {
    clock,
    log,
    store,
    metrics,
    tenant,
    restoring: createLease(store.leases, identity, 'restore'),
    notifier: slot.notifier,
    rules,
    noteHead,
    forwarding,
    tracing: telemetry?.tracing ?? noTracing,
    live,
  });
  const lease = createLease(store.leases, identity);
  const loadView: LoadView = (id, { sees, acts }) =>
    loadIncidentView(store, id, { now: clock.now(), sees, acts });
  const scheduler = createScheduler(
    jobs,
    {
      scan: config.watch.scanSchedule,
      fullScan: config.watch.fullScanSchedule,
      collect: config.watch.collectSchedule,
      auditCheck: config.watch.auditCheckSchedule,
      get timeZone() {
        return live.current().watch.timeZone;
      },
      tickMs: options.tickMs ?? TICK_MS,
      confirmAfterMs: options.confirmAfterMs ?? CONFIRM_AFTER_MS,
    },
    lease,
    // What everybody reads names only whom all of them may see; its buttons are for whoever may press them.
    (id, sees) => loadView(id, { sees, acts: null }),
    { uptime: identity.uptime, placeOf: placeOfHolder },
  );
  let following: NodeJS.Timeout | undefined;
  let bot: { port: number; close(): Promise<void> } | null = null;
  return {
    store,
    jobs,
    live,
    scheduler,
    port: () => bot?.port ?? 0,
    async start() {
      // The bot's SDKs take a second to load: commands without a bot do not pay for them.
      const { startBot } = await import('./compose-bot.ts');
      const connectNotifier = slot.connect;
      const parts = {
        config,
        clock,
        log,
        store,
        metrics,
        tenant,
        jobs,
        scheduler,
        loadView,
        live,
        connectNotifier,
        answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
      };
      bot = await startBot(parts);
      following = setInterval(() => void live.refresh(), SETTINGS_EVERY_MS);
      await scheduler.start();
      indexing = indexArchive({ store, log }, stopping.signal);
      log.info({ host: config.http.host, port: bot.port }, 'License Watch is up');
    },
    async stop() {
      stopping.abort();
      clearInterval(following);
      const orderly = Promise.all([bot?.close(), scheduler.stop(), indexing]);
      const impatience = setTimeout(() => {
        log.warn({}, 'stopped without waiting for the database');
        store.close().catch((err: unknown) => log.error({ err }, 'the database could not be closed'));
      }, STOP_WITHIN_MS);
      await orderly.catch((err: unknown) => log.error({ err }, 'the stop was not clean'));
      clearTimeout(impatience);
      await telemetry?.stop();
      await store.close();
      log.info({}, 'License Watch has stopped');
      log.flush();
    },
    async scanOnce(request, signal) {
      if (!(await lease.hold())) return null;
      try {
        return await lease.within(() => scan(jobs, request, signal));
      } finally {
        await lease.release();
      }
    },
    backfill: (window, signal) => backfill(jobs, tenant.auditSearch, window, signal),
  };
}

type Parts = {
  clock: Clock;
  log: Logger;
  store: Store;
  metrics: Metrics;
  tenant: ConnectedTenant;
  restoring: Lease;
  notifier: Notifier;
  rules: RuleSource;
  noteHead: NoteHead;
  forwarding: JobContext['forwarding'];
  tracing: Tracing;
  live: LiveSettings;
};

function jobContext(config: Config, options: ComposeOptions, parts: Parts): JobContext {
  const { clock, log, store, metrics, tenant, restoring, notifier, rules, noteHead } = parts;
  const { forwarding, tracing, live } = parts;
  const routes = rebuilt(live.current, ({ routing, watch }) =>
    createRoutesSource({
      path: routing.path,
      defaults: routingDefaults(routing, watch),
      kept: store.routes,
      now: () => clock.now(),
      log: componentLogger(log, 'routes'),
    }),
  );
  const unitsOf = rebuilt(live.current, ({ roles }) =>
    createUnitsOf({
      directory: tenant.access,
      units: roles.scopedOperators.map(({ unitId }) => unitId),
      now: () => clock.now(),
      onFailure: (err) =>
        componentLogger(log, 'routes').warn({ err }, 'an administrative unit could not be read'),
    }),
  );
  return {
    store,
    reader: tenant.reader,
    writer: tenant.writer,
    auditReaders: tenant.auditReaders,
    changeSubscriptions: tenant.changeSubscriptions,
    auditing: tenant.auditing,
    ownAccess: tenant.ownAccess,
    notifier,
    detector: rules.detector,
    lookAtRules: () => rules.look(),
    routes: { current: () => routes().current() },
    unitsOf: (userIds, unitIds) => unitsOf()(userIds, unitIds),
    clock,
    newId: randomUUID,
    random: Math.random,
    log: componentLogger(log, 'jobs'),
    metrics,
    tracing,
    settings: jobSettings(live, config.tenant.clientId),
    markedMembers: createMembersKnown(),
    oneScanAtATime: createSerialQueue(),
    restoring,
    noteHead,
    forwarding,
    credentialEndsAt: () => certificateEnd(config.tenant.credential),
    botCredentialEndsAt: async () =>
      config.bot.type === 'SingleTenant' ? certificateEnd(config.bot.credential) : null,
    retention: () => retentionOf(config.data.retentionPath, live.current().keeping.auditRetentionDays),
    onStep: options.onStep ?? (() => undefined),
  };
}

/** How far the alerts of detections are behind the records, for the metrics. */
const detectBehind = (
  { waiting, oldestAt }: { waiting: number; oldestAt: number | null },
  now: number,
): { records: number; seconds: number } => ({
  records: waiting,
  seconds: oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000,
});
