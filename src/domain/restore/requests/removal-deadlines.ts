import type { LicenseGrant } from '../../license/license-grant.ts';
import { type Assignment, DIRECT, type UserState } from '../../license/user-state.ts';
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
  const taken = steps.flatMap(takenBy);
  const present = new Map(facts.present);
  for (const { userId, skuIds, given } of taken) {
    const state = present.get(userId);
    if (state) present.set(userId, withGiven(without(state, skuIds), given));
  }
  const changes = taken.flatMap(({ userId, before }) =>
    before.map((one) => asIfLost(userId, one.skuId, [one], takenAt)),
  );
  return deadlinesOf({ ...facts, changes, present, removedAt: new Map() });
}

/** What a step takes, and from which user or group; its undo knows which services were switched off. */
function takenBy({
  action,
  undo,
}: PlannedStep): { userId: string; skuIds: readonly string[]; before: Assignment[]; given: Assignment[] }[] {
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

const without = (state: UserState, skuIds: readonly string[]): UserState => ({
  ...state,
  assignments: state.assignments.filter(({ skuId, path }) => path !== DIRECT || !skuIds.includes(skuId)),
});
