import type { LicenseGrant } from '../../license/license-grant.ts';
import type { TenantState } from '../../license/sku.ts';
import {
  type Assignment,
  type AssignmentPath,
  DIRECT,
  gives,
  type UserState,
} from '../../license/user-state.ts';
import { asIfLost } from '../as-if-lost.ts';
import { type Deadline, deadlinesOf } from '../deadlines.ts';
import type { PlannedStep } from '../step.ts';
import type { RequestFacts } from './request-facts.ts';

/**
 * What goes, and when, once these steps have taken licenses away: the same whether they are only planned or done
 * already, and whether the users were read again since. Steps that take nothing count for nothing.
 * @param takenAt when, ms UTC
 */
export function removalDeadlines(
  steps: readonly PlannedStep[],
  facts: Pick<RequestFacts, 'present' | 'tenant' | 'productName' | 'servicePlanName' | 'now'>,
  takenAt: number,
): Deadline[] {
  let taken = steps.flatMap((step) => [...takenBy(step), ...takenByGroup(step, facts.tenant)]);
  const present = new Map(facts.present);
  taken = taken.filter(({ userId, path }) => path === undefined || !isInError(present.get(userId), path));
  for (const { userId, skuIds, given, path = DIRECT } of taken) {
    const state = present.get(userId);
    if (state) present.set(userId, withGiven(without(state, skuIds, path), given));
  }
  const changes = taken.flatMap(({ userId, before }) =>
    before.map((one) => asIfLost(userId, one.skuId, [one], takenAt)),
  );
  return deadlinesOf({ ...facts, changes, present, removedAt: new Map() });
}

type Taken = {
  userId: string;
  skuIds: readonly string[];
  before: Assignment[];
  given: Assignment[];
  /** Left out where it was direct. */
  path?: AssignmentPath;
};

/** What those lose who leave a group, or whose group gives something no more. */
function takenByGroup({ action, undo, userIds }: PlannedStep, { groups }: TenantState): Taken[] {
  if (action.kind !== 'remove-from-group' && action.kind !== 'unlicense-group') return [];
  const { groupId: path } = action;
  const grants =
    action.kind === 'remove-from-group'
      ? (groups.find(({ id }) => id === path)?.assignedLicenses ?? [])
      : undo?.kind === 'license-group'
        ? undo.licenses
        : action.skuIds.map((skuId) => ({ skuId, disabledPlans: [] }));
  const before = grants.map((grant) => ({ ...asAssigned(grant), path }));
  const skuIds = grants.map(({ skuId }) => skuId);
  return userIds.map((userId) => ({ userId, skuIds, before, given: [], path }));
}

/** A license that was in error gave nothing that could go. */
const isInError = (state: UserState | undefined, path: AssignmentPath): boolean =>
  state?.assignments.some((one) => one.path === path && !gives(one)) ?? false;

/** What a step takes, and from which user or group; its undo knows which services were switched off. */
function takenBy({ action, undo }: PlannedStep): Taken[] {
  if (action.kind === 'unassign' && undo?.kind === 'assign') {
    const { userId, skuIds } = action;
    return [{ userId, skuIds, before: undo.licenses.map(asAssigned), given: [] }];
  }
  // What is switched off is gone as well.
  if (action.kind === 'assign' && undo?.kind === 'assign') {
    const { userId, licenses } = action;
    const skuIds = licenses.map(({ skuId }) => skuId);
    return [{ userId, skuIds, before: undo.licenses.map(asAssigned), given: licenses.map(asAssigned) }];
  }
  if (action.kind === 'swap' && undo?.kind === 'swap') {
    const { userId, skuIds, licenses } = action;
    return [{ userId, skuIds, before: undo.licenses.map(asAssigned), given: licenses.map(asAssigned) }];
  }
  return [];
}

const asAssigned = ({ skuId, disabledPlans }: LicenseGrant): Assignment => ({
  skuId,
  path: DIRECT,
  state: 'Active',
  error: null,
  disabledPlans,
});

const withGiven = (state: UserState, given: readonly Assignment[]): UserState => ({
  ...state,
  assignments: [...state.assignments, ...given],
});

const without = (state: UserState, skuIds: readonly string[], by: AssignmentPath): UserState => ({
  ...state,
  assignments: state.assignments.filter(({ skuId, path }) => path !== by || !skuIds.includes(skuId)),
});
