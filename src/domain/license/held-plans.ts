import { type Assignment, type AssignmentPath, gives, type UserState } from './user-state.ts';

/** A service plan that comes with a license of somebody's, by one path; `on` unless it is switched off there. */
export type HeldPlan = { planId: string; skuId: string; path: AssignmentPath; on: boolean };

/** Whether assignments of a product by a path are to be looked at. */
export type TakesIn = (assignment: Assignment) => boolean;

/**
 * The service plans of the licenses that somebody holds, path by path. An assignment in error gives none.
 * @param plans those that are asked about, by SKU id
 */
export const heldPlans = (
  { assignments }: Pick<UserState, 'assignments'>,
  plans: ReadonlyMap<string, readonly string[]>,
  takesIn: TakesIn = () => true,
): HeldPlan[] =>
  assignments
    .filter((assignment) => gives(assignment) && takesIn(assignment))
    .flatMap(({ skuId, path, disabledPlans }) =>
      (plans.get(skuId) ?? []).map((planId) => ({
        planId,
        skuId,
        path,
        on: !disabledPlans.includes(planId),
      })),
    );

/**
 * How somebody stands with some plans together: `on` where any path gives any of them (Microsoft switches a plan off
 * only where every path does), `off` where all are switched off, `none` where no license has one.
 */
export function standingOf(held: readonly HeldPlan[]): 'on' | 'off' | 'none' {
  if (held.length === 0) return 'none';
  return held.some(({ on }) => on) ? 'on' : 'off';
}
