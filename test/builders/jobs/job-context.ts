import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { RoutesSource, Store } from '../../../src/domain/ports.ts';
import { type RoutingDefaults, routingWithoutFile } from '../../../src/domain/routing/route.ts';
import { createMembersKnown, createSerialQueue, type JobContext } from '../../../src/jobs/context.ts';
import { createLease } from '../../../src/jobs/lease.ts';
import { noTracing } from '../../../src/observability/tracing.ts';
import { readRoutes } from '../../../src/route-files/read-routes.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FakeNotifier } from '../../fakes/fake-notifier.ts';
import { FakeTenant } from '../../fakes/fake-tenant.ts';
import { noDetector } from '../security/detector.ts';
import { anEmptyStore } from '../storage/store-in-memory.ts';
import { someHolders } from './holders.ts';

export type JobWorld = {
  context: JobContext;
  store: Store;
  tenant: FakeTenant;
  notifier: FakeNotifier;
  clock: FakeClock;
  warnings: string[];
};

/** Jobs on a real database in memory, with a tenant, a channel and a clock that a test moves. */
export async function aJobWorld(over: Partial<JobContext['settings']> = {}): Promise<JobWorld> {
  const store = await anEmptyStore();
  const tenant = new FakeTenant();
  const notifier = new FakeNotifier();
  const clock = new FakeClock();
  const warnings: string[] = [];
  let ids = 0;
  const nothing = (): void => undefined;
  const context: JobContext = {
    store,
    reader: tenant,
    writer: tenant,
    auditReaders: [],
    changeSubscriptions: {
      create: async ({ expiresAt }) => ({ id: 'subscription', expiresAt }),
      renew: async (_id, expiresAt) => expiresAt,
      remove: async () => undefined,
    },
    auditing: { ask: async () => ({ state: 'on', detail: null }) },
    ownAccess: { ids: async () => [], ask: async () => ({ held: [], refused: [] }) },
    notifier,
    detector: noDetector(),
    lookAtRules: async () => undefined,
    routes: routesFrom(null),
    unitsOf: async () => [],
    clock,
    newId: () => `id-${String(++ids).padStart(5, '0')}`,
    random: () => 1,
    log: {
      info: nothing,
      warn: (_data, message) => warnings.push(message),
      error: (_data, message) => warnings.push(message),
    },
    metrics: {
      scanFinished: nothing,
      incidentOpened: nothing,
      detectionFired: nothing,
      detectLag: nothing,
      alertDecided: nothing,
      cardDelivered: nothing,
      restoreStep: nothing,
      auditCollected: nothing,
      jobFinished: nothing,
    },
    tracing: noTracing,
    settings: {
      settleMs: MINUTE_MS,
      massLossPercent: 10,
      notificationUrl: null,
      ownAppIds: [],
      secondApproverAbove: null,
      onCall: null,
      escalateAfterMs: null,
      channelShowsNames: true,
      ...over,
    },
    markedMembers: createMembersKnown(),
    oneScanAtATime: createSerialQueue(),
    restoring: createLease(store.leases, someHolders('this process', clock), 'restore'),
    noteHead: async () => undefined,
    credentialEndsAt: async () => null,
    botCredentialEndsAt: async () => null,
    retention: async () => [],
    forwarding: null,
    onStep: nothing,
  };
  return { context, store, tenant, notifier, clock, warnings };
}

/** Routes as a file says them; without one, everything goes to the channel that is set in chat. */
export function routesFrom(yaml: string | null, over: Partial<RoutingDefaults> = {}): RoutesSource {
  const defaults = { quiet: [], timeZone: 'UTC', digestAt: 8 * 60, ...over };
  const { routing } = yaml === null ? { routing: routingWithoutFile(defaults) } : readRoutes(yaml, defaults);
  if (routing === null) throw new Error('these routes are broken');
  return { current: async () => ({ routing, file: null, using: 'default', problems: [], digest: '' }) };
}

/** The channel that alerts go to. */
export const aChannel = (key = '19:alerts@thread.tacv2', name = 'License alerts') => ({
  key,
  kind: 'channel' as const,
  name,
  tenantId: null,
  teamId: 'team-1',
  reference: '{}',
  updatedAt: 0,
});
