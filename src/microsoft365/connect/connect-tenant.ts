import { MINUTE_MS } from '../../domain/durations.ts';
import type { AuditSearch } from '../../domain/ports/audit.ts';
import type {
  AccessReader,
  AuditReader,
  ChangeSubscriptions,
  Clock,
  FileUploads,
  TenantAccess,
  TenantAuditing,
  TenantReader,
  TenantWriter,
} from '../../domain/ports.ts';
import { noTracing, type Tracing } from '../../observability/tracing.ts';
import { createActivityFeed } from '../audit/activity-feed.ts';
import { createActivityReaders } from '../audit/activity-reader.ts';
import { explainActivityRefusal } from '../audit/activity-refusals.ts';
import { createAuditSearch } from '../audit/audit-search.ts';
import { createAuditingQuestion, rememberStarts } from '../audit/auditing-question.ts';
import { createDirectoryAuditReader, REPORT_PACE } from '../audit/directory-audit-reader.ts';
import { type ChannelHistory, createChannelHistory } from '../channel/channel-history.ts';
import { type Cloud, endpointsOf, scopeOf } from '../clouds.ts';
import { createGraphClient } from '../graph/graph-client.ts';
import { RETRY_LIMITS, type RetryLimits } from '../http/backoff.ts';
import { countedExchange, type OnAnswer } from '../http/counted-exchange.ts';
import { createExchange } from '../http/exchange.ts';
import { type ClientLog, type ClientOptions, createHttpClient } from '../http/http-client.ts';
import { createPace } from '../http/pace.ts';
import { createAccessReader } from '../reader/access-reader.ts';
import { createTenantReader } from '../reader/tenant-reader.ts';
import type { Credential } from '../sign-in/credential.ts';
import { recentTokens } from '../sign-in/recent-token.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { createChangeSubscriptions } from '../subscriptions/change-subscriptions.ts';
import { createUploads } from '../upload/upload-file.ts';
import { createTenantWriter } from '../writer/tenant-writer.ts';
import { type AccessCheck, checkAccess } from './access-check.ts';
import { ownAccess, ownIds } from './own-access.ts';

export type DoorLimits = ClientOptions['limits'];

/** A page of 999 users with long lists of disabled plans is a few megabytes. */
const DOOR_LIMITS: DoorLimits = { ...RETRY_LIMITS, timeoutMs: MINUTE_MS, maxBodyBytes: 64 * 1024 * 1024 };
/**
 * Somebody waits for who they are: what has not passed within a second is left to what was known of them before.
 * With the limits of a scan, each question of a directory that is down took all of its 4 seconds.
 */
const ACCESS_LIMITS: RetryLimits = {
  maxAttempts: 3,
  maxRetryAfterMs: 3_000,
  firstPauseMs: 300,
  maxPauseMs: 600,
};

export type TenantOptions = {
  cloud: Cloud;
  tenantId: string;
  clientId: string;
  credential: Credential;
  clock: Clock;
  /** 0 to 1, for the jitter of retries. */
  random: () => number;
  log: ClientLog;
  /** For the metrics: each answer of `sign-in`, `graph` or `management-api`. */
  onAnswer?: OnAnswer;
  /** Calls are spans of what they are made for. */
  tracing?: Tracing;
  /** Stops what has no signal of its own: writes, and the search for a sent card. */
  signal?: AbortSignal;
  limits?: Partial<DoorLimits>;
  /** Whether files may go to this machine, as those of a simulated tenant do. */
  uploadsToLoopback?: boolean;
};

/** Everything that speaks to one Microsoft 365 tenant. */
export type ConnectedTenant = {
  reader: TenantReader;
  writer: TenantWriter;
  access: AccessReader;
  auditReaders: AuditReader[];
  changeSubscriptions: ChangeSubscriptions;
  auditing: TenantAuditing;
  auditSearch: AuditSearch;
  channelHistory: ChannelHistory;
  uploads: FileUploads;
  /** Tries each kind of read once, smallest form, and says which are refused and why. Never throws TenantReadError. */
  checkAccess(signal: AbortSignal): Promise<AccessCheck[]>;
  /** Who we are to the tenant, and which permissions it gives us now. */
  ownAccess: TenantAccess;
};

/** Connects to a tenant. Nothing is sent, and no file read, before the first call. */
export function connectTenant(options: TenantOptions): ConnectedTenant {
  const { clock, random, log, tenantId } = options;
  const signal = options.signal ?? new AbortController().signal;
  const endpoints = endpointsOf(options.cloud);
  const exchange = createExchange();
  const counted = (service: string) =>
    countedExchange(exchange, service, options.onAnswer ?? (() => undefined));
  const signIn = createSignIn({ ...options, authority: endpoints.authority, exchange: counted('sign-in') });
  const token = recentTokens(signIn, clock);
  const limits = { ...DOOR_LIMITS, ...options.limits };
  const tracing = options.tracing ?? noTracing;
  const shared = { token, clock, random, log, limits, tracing };
  const toGraph = {
    ...shared,
    exchange: counted('graph'),
    origin: endpoints.graph,
    scope: scopeOf(endpoints.graph),
  };

  const graph = createGraphClient(createHttpClient(toGraph));
  const pace = createPace(REPORT_PACE.requests, REPORT_PACE.windowMs, clock);
  const reports = createGraphClient(createHttpClient({ ...toGraph, pace }));
  const activityClient = createHttpClient({
    ...shared,
    exchange: counted('management-api'),
    origin: endpoints.managementApi,
    scope: scopeOf(endpoints.managementApi),
    explain: explainActivityRefusal,
  });
  const patience = { clock, random, limits };
  const feed = createActivityFeed(activityClient, tenantId);
  const question = rememberStarts(feed, () => clock.now());
  return {
    reader: createTenantReader(graph, reports, patience, options.cloud),
    writer: createTenantWriter(graph, patience, signal),
    access: createAccessReader(
      createGraphClient(createHttpClient({ ...toGraph, limits: { ...limits, ...ACCESS_LIMITS } })),
    ),
    auditReaders: [
      createDirectoryAuditReader(reports),
      ...createActivityReaders(feed, clock, question.startedAt),
    ],
    changeSubscriptions: createChangeSubscriptions(graph),
    auditing: createAuditingQuestion(question.feed),
    auditSearch: createAuditSearch(graph, { clock, random }),
    channelHistory: createChannelHistory(graph, log, signal),
    uploads: createUploads({
      ...patience,
      exchange: counted('files'),
      rules: { cloud: options.cloud.name, allowLoopback: options.uploadsToLoopback ?? false },
    }),
    checkAccess: (abort) => checkAccess(graph, reports, feed, abort),
    ownAccess: {
      ids: (abort) => ownIds(token, scopeOf(endpoints.graph), abort),
      ask: (abort) =>
        ownAccess(
          {
            token,
            scopes: [scopeOf(endpoints.graph), scopeOf(endpoints.managementApi)],
            tried: () => checkAccess(graph, reports, feed, abort),
          },
          abort,
        ),
    },
  };
}
