import type { Access } from '../../../src/domain/access/access.ts';
import type { Person } from '../../../src/domain/access/person.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { attributeDue } from '../../../src/jobs/explain/attribute.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aSkuState } from '../license/sku-state.ts';
import { anAssignment, aUserState } from '../license/user-state.ts';
import { aChannel, aJobWorld, type JobWorld } from './job-context.ts';

export const MEGAN: Person = { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' };
export const LEE: Person = { aadObjectId: 'lee', tenantId: null, name: 'Lee Gu' };

/** May act on everybody. */
export const OPERATOR: Access = { role: 'operator', sees: null, acts: null };

/** May see and act on these users only. */
export const operatorOf = (...userIds: string[]): Access => ({
  role: 'operator',
  sees: new Set(userIds),
  acts: new Set(userIds),
});

/** Switched off for everybody before the loss. */
export const TEAMS_PLAN = '57ff2da0-773e-42df-b2af-ffb7a2317929';
export const VICTIMS = ['user-0', 'user-1', 'user-2', 'user-3', 'user-4'] as const;

const never = new AbortController().signal;

export type Morning = JobWorld & { incident(): Promise<Incident> };

/**
 * Five people had Microsoft 365 E3 without Teams, and a read found it gone: the incident is open.
 * @param over settings of the jobs
 */
export async function aMorning(over: Partial<JobWorld['context']['settings']> = {}): Promise<Morning> {
  const world = await aJobWorld(over);
  const { context, tenant, clock, store } = world;
  tenant.put(
    ...VICTIMS.map((id) =>
      aUserState({
        id,
        displayName: `Person ${id}`,
        assignments: [anAssignment({ disabledPlans: [TEAMS_PLAN] })],
      }),
    ),
  );
  tenant.state = { skus: [aSkuState({ enabled: 25 })], subscriptions: [], groups: [] };
  await store.conversations.upsert(aChannel());
  await scan(context, { kind: 'full' }, never);
  clock.advance(300_000);
  tenant.strip(...VICTIMS);
  await scan(context, { kind: 'full' }, never);
  clock.advance(60_001);
  await attributeDue(context);
  return {
    ...world,
    async incident() {
      const [newest] = await store.incidents.recent(1);
      if (!newest) throw new Error('the morning has no incident');
      return newest;
    },
  };
}
