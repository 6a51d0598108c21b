import type { LicenseGrant } from '../license/license-grant.ts';

/** One write to the tenant. Each can be sent twice without harm: the second time it changes nothing. */
export type StepAction =
  | { kind: 'restore-account'; userId: string }
  /** All products of a user go in one call: an add-on on its own would miss what it depends on. */
  | { kind: 'assign'; userId: string; licenses: LicenseGrant[] }
  | { kind: 'unassign'; userId: string; skuIds: string[] }
  /** One product in place of another, in one call: either both happen or neither. */
  | { kind: 'swap'; userId: string; licenses: LicenseGrant[]; skuIds: string[] }
  | { kind: 'add-to-group'; userId: string; groupId: string }
  | { kind: 'remove-from-group'; userId: string; groupId: string }
  /** Lets Microsoft try the licenses of the user's groups again. */
  | { kind: 'reprocess'; userId: string }
  | { kind: 'license-group'; groupId: string; licenses: LicenseGrant[] }
  | { kind: 'unlicense-group'; groupId: string; skuIds: string[] };

/** A write that a plan asks for. */
export type PlannedStep = {
  action: StepAction;
  /** What takes it back; null where nothing does, as for a restored account. */
  undo: StepAction | null;
  /** Who it is for: one user, or everybody that a step for a group helps. */
  userIds: string[];
};

/**
 * `sending` was handed to Microsoft, and what became of it is not noted yet; `already` found it so, and
 * changed nothing; `refused`: Microsoft said no for good; `failed`: gave up trying; `skipped`: a step before
 * it did not succeed.
 */
export type StepStatus = 'planned' | 'sending' | 'done' | 'already' | 'refused' | 'failed' | 'skipped';

/** A step of a stored decision. Times are ms UTC. */
export type RestoreStep = PlannedStep & {
  decisionId: string;
  /** From 1; the steps of one user are carried out in this order. */
  stepNo: number;
  status: StepStatus;
  /** Why it was not done: a stable code, and a sentence. */
  code: string | null;
  message: string | null;
  updatedAt: number;
};

/** Whether nothing more will become of the step. */
export const isConcluded = (step: Pick<RestoreStep, 'status'>): boolean =>
  step.status !== 'planned' && step.status !== 'sending';

/** Whether the step stands as it was asked for. */
export const isInPlace = (step: Pick<RestoreStep, 'status'>): boolean =>
  step.status === 'done' || step.status === 'already';

/** The products that a step gives or takes; none of a membership, which gives what its group gives. */
export function skusOf(action: StepAction): readonly string[] {
  switch (action.kind) {
    case 'assign':
      return action.licenses.map(({ skuId }) => skuId);
    case 'unassign':
      return action.skuIds;
    case 'swap':
      return [...action.skuIds, ...action.licenses.map(({ skuId }) => skuId)];
    case 'license-group':
      return action.licenses.map(({ skuId }) => skuId);
    case 'unlicense-group':
      return action.skuIds;
    default:
      return [];
  }
}
