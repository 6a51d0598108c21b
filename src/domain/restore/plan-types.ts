import type { RestoreWay } from '../incident/decision.ts';
import type { LicenseChange } from '../license/change.ts';
import type { TenantState } from '../license/sku.ts';
import type { UserState } from '../license/user-state.ts';
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
  | 'group-plans'
  | 'account-gone'
  | 'running';

/** One thing that a user cannot be given back, why, and what would help, in sentences. */
export type Block = { code: BlockCode; skuIds: string[]; reason: string; wayOut: string };

/** What happens for one user. Without steps, blocks and a step for their group they have everything already. */
export type UserPlan = {
  userId: string;
  steps: PlannedStep[];
  blocks: Block[];
  /** Whether assigning directly would help where a block stands: the second best. */
  directHelps: boolean;
};

/** What a press of Reassign will do. `groupSteps` come first: each helps several users at once. */
export type RestorePlan = { way: RestoreWay; groupSteps: PlannedStep[]; users: UserPlan[] };

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
  servicePlanName(servicePlanId: string): string;
};

export type RestoreOptions = {
  /** The users to restore; null means all. */
  chosen: ReadonlySet<string> | null;
  way: RestoreWay;
  /** Users for whom a restore is under way. */
  running: ReadonlySet<string>;
};
