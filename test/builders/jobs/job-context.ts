import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { createMembersKnown, createSerialQueue, type JobContext } from '../../../src/jobs/context.ts';
import { createLease } from '../../../src/jobs/lease.ts';
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
    auditing: { ask: async () => ({ state: 'on', detail: null }) },
    notifier,
    detector: noDetector(),
    lookAtRules: async () => undefined,
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
    settings: {
      settleMs: MINUTE_MS,
      massLossPercent: 10,
      ownAppIds: [],
      secondApproverAbove: null,
      onCall: null,
      channelShowsNames: true,
      ...over,
    },
    markedMembers: createMembersKnown(),
    oneScanAtATime: createSerialQueue(),
    restoring: createLease(store.leases, someHolders('this process', clock), 'restore'),
    noteHead: async () => undefined,
    retention: async () => [],
    forwarding: null,
    onStep: nothing,
  };
  return { context, store, tenant, notifier, clock, warnings };
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
