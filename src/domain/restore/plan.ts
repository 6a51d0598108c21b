import type { RestoreWay } from '../incident/decision.ts';
import type { LicenseChange } from '../license/change.ts';
import type { TenantState } from '../license/sku.ts';
import { DIRECT, gives, heldSkus, type UserState } from '../license/user-state.ts';
import type { PlannedStep } from './step.ts';

/** Why something cannot be given back; each has its sentence and its way out. */
export type BlockCode =
  | 'no-seats'
  | 'usage-location'
  | 'conflict'
  | 'dependency'
  | 'subscription-ended'
  | 'not-owned'
  | 'group-dynamic'
  | 'group-synced'
  | 'group-mail-enabled'
  | 'group-role-assignable'
  | 'group-gone'
  | 'group-stopped'
  | 'account-gone'
  | 'running'
  | 'out-of-scope';

/** One thing that a user cannot be given back, why, and what would help, in sentences. */
export type Block = { code: BlockCode; skuIds: string[]; reason: string; wayOut: string };

/** What happens for one user. Without steps and blocks they have everything already. */
export type UserPlan = {
  userId: string;
  steps: PlannedStep[];
  blocks: Block[];
  /** Whether assigning directly would help where a block stands: the second best. */
  directHelps: boolean;
};

/** What a press of Reassign will do. `groupSteps` come first: each helps several users at once. */
export type RestorePlan = { groupSteps: PlannedStep[]; users: UserPlan[] };

/** All that a plan is made from. Times are ms UTC. */
export type RestoreFacts = {
  /** The incident's changes. */
  changes: readonly LicenseChange[];
  /** Users as last read; a user who is missing is gone. */
  present: ReadonlyMap<string, UserState>;
  /** When accounts that are gone were seen gone. */
  removedAt: ReadonlyMap<string, number>;
  tenant: TenantState;
  now: number;
  productName(skuId: string): string;
  planName(planId: string): string;
};

export type RestoreOptions = {
  /** The users to restore; null means all. */
  chosen: ReadonlySet<string> | null;
  way: RestoreWay;
  /** Users for whom a restore is under way. */
  running: ReadonlySet<string>;
};

/** What gives back what was lost, by the path it came on. */
export function planRestore(facts: RestoreFacts, options: RestoreOptions): RestorePlan {
  const plan: RestorePlan = { groupSteps: [], users: [] };
  const byUser = Map.groupBy(
    facts.changes.filter((change) => change.kind === 'lost' && change.userId !== null),
    (change) => change.userId ?? '',
  );
  for (const [userId, lost] of byUser) {
    if (options.chosen && !options.chosen.has(userId)) continue;
    const state = facts.present.get(userId);
    if (!state) continue;
    const held = heldSkus(state);
    const licenses = lost
      .filter((change) => change.skuId !== null && !held.has(change.skuId))
      .flatMap((change) => change.before.filter((one) => one.path === DIRECT && gives(one)))
      .map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans }));
    const steps: PlannedStep[] =
      licenses.length === 0
        ? []
        : [
            {
              action: { kind: 'assign', userId, licenses },
              undo: { kind: 'unassign', userId, skuIds: licenses.map(({ skuId }) => skuId) },
              userIds: [userId],
            },
          ];
    plan.users.push({ userId, steps, blocks: [], directHelps: false });
  }
  return plan;
}

/** All steps of a plan in the order in which they are carried out. */
export const stepsOf = (plan: RestorePlan): PlannedStep[] => [
  ...plan.groupSteps,
  ...plan.users.flatMap((user) => user.steps),
];

/**
 * A short text that names what the plan will write: two plans with the same digest write the same. It goes out
 * on the card and comes back with the press.
 */
export function planDigest(plan: RestorePlan): string {
  const text = JSON.stringify(stepsOf(plan).map(({ action }) => action));
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
