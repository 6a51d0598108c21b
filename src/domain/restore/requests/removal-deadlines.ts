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
  for (const { userId, skuIds } of taken) {
    const state = present.get(userId);
    if (state) present.set(userId, without(state, skuIds));
  }
  const changes = taken.flatMap(({ userId, before }) =>
    before.map((one) => asIfLost(userId, one.skuId, [one], takenAt)),
  );
  return deadlinesOf({ ...facts, changes, present, removedAt: new Map() });
}

/** What a step takes from whom; its undo knows which services were switched off. */
function takenBy({
  action,
  undo,
}: PlannedStep): { userId: string; skuIds: readonly string[]; before: Assignment[] }[] {
  if (action.kind !== 'unassign' || undo?.kind !== 'assign') return [];
  const before = undo.licenses.map(
    ({ skuId, disabledPlans }): Assignment => ({
      skuId,
      path: DIRECT,
      state: 'Active',
      error: null,
      disabledPlans,
    }),
  );
  return [{ userId: action.userId, skuIds: action.skuIds, before }];
}

const without = (state: UserState, skuIds: readonly string[]): UserState => ({
  ...state,
  assignments: state.assignments.filter(({ skuId, path }) => path !== DIRECT || !skuIds.includes(skuId)),
});
