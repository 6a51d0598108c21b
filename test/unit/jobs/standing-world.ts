import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { AuditEvent } from '../../../src/domain/audit/event.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { StandingCommit } from '../../../src/domain/ports.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { endSnoozes } from '../../../src/jobs/upkeep/end-snoozes.ts';
import { expireRequests } from '../../../src/jobs/upkeep/expire-requests.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const never = new AbortController().signal;
const E3 = anAssignment().skuId;

/** A tenant of thirty people with Microsoft 365 E3, its channel, and what standing orders are tested with. */
export type StandingWorld = JobWorld & {
  /** Takes the license from these users by the hand of an app or person, and reads and explains it at once. */
  lose(by: string | null, ...userIds: string[]): Promise<void>;
  /** Takes the license away and reads the tenant, without the time to settle. */
  strip(...userIds: string[]): Promise<void>;
  /** A record of who took the license, a moment before the newest read. */
  record(by: string, ...userIds: string[]): Promise<void>;
  order(commit: Partial<StandingCommit>): Promise<void>;
  /** One beat of the scheduler, as far as standing orders go. */
  beat(): Promise<void>;
  newest(): Promise<Incident>;
  notices(): string[];
  cards(): { how: 'post' | 'update'; status: string; users: number }[];
};

export const userIds = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `u${from + index}`);

export async function aStandingWorld(settings: Parameters<typeof aJobWorld>[0] = {}): Promise<StandingWorld> {
  const world = await aJobWorld({ massLossPercent: 100, ...settings });
  const { context, store, tenant, clock, notifier } = world;
  tenant.put(...userIds(30).map((id) => aUserState({ id, assignments: [anAssignment()] })));
  tenant.state = { skus: [aSkuState({ consumed: 30, enabled: 30 })], subscriptions: [], groups: [] };
  await store.conversations.upsert(aChannel());
  await scan(context, { kind: 'full' }, never);
  let commits = 0;

  const beat = async (): Promise<void> => {
    await attributeDue(context);
    await endSnoozes(context);
    await expireRequests(context);
    await deliver(context, (id, sees) => loadIncidentView(store, id, { now: clock.now(), sees }));
  };
  const strip = async (...ids: string[]): Promise<void> => {
    clock.advance(5 * MINUTE_MS);
    tenant.strip(...ids);
    await scan(context, { kind: 'full' }, never);
  };
  const record = async (by: string, ...ids: string[]): Promise<void> => {
    const [found] = await store.changes.find({ limit: 1 });
    const events: AuditEvent[] = ids.map((id) =>
      anAuditEvent({
        id: `record-${by}-${id}-${clock.now()}`,
        at: (found?.change.observedAfter ?? 0) - 1_000,
        operation: 'Change user license',
        actor: { kind: 'app', id: by, name: by },
        targets: [{ kind: 'user', id, name: null }],
        licenses: { before: [{ skuId: E3, partNumber: 'SPE_E3', disabledPlans: [] }], after: [] },
      }),
    );
    await store.audit.append(
      events.map((event) => ({ event, raw: '{}' })),
      clock.now(),
    );
  };
  return {
    ...world,
    beat,
    strip,
    record,
    async lose(by, ...ids) {
      await strip(...ids);
      if (by !== null) await record(by, ...ids);
      clock.advance(MINUTE_MS + 1);
      await beat();
    },
    async order(commit) {
      commits++;
      const decision = aDecision({ id: `order-${commits}`, kind: 'make-rule', incidentId: null });
      await store.suppression.commit({ decision, ...commit });
    },
    async newest() {
      const [incident] = await store.incidents.recent(1);
      if (!incident) throw new Error('there is no incident');
      return incident;
    },
    notices: () =>
      notifier.sent.flatMap(({ message }) =>
        message.kind === 'notice' ? [`${message.title}: ${message.text}`] : [],
      ),
    cards: () =>
      notifier.sent.flatMap(({ how, message }) =>
        message.kind === 'incident'
          ? [{ how, status: message.view.status, users: message.view.userCount }]
          : [],
      ),
  };
}
