import type { PlanNames } from '../license/plan-services.ts';
import { gives, type UserState } from '../license/user-state.ts';
import { evidenceFor } from './plan-evidence.ts';
import type { Coverage } from './report.ts';
import { type PersonUsage, useOfAll } from './usage.ts';

/**
 * A license of which no use is seen: `whole` where everything in it can be seen, else `unseen` names the plans that no
 * report tells of. `lastAt` is the last activity in what can be seen, null for none; times are ms UTC.
 */
export type NoActivity = { lastAt: number | null; until: number; unseen: readonly string[] };

/** What the catalogue knows of a product: its plans by SKU id, and their names. */
export type PlansKnown = { bySku: ReadonlyMap<string, readonly string[]>; names: Pick<PlanNames, 'code'> };

/** The plans of a product that somebody has on: one path that has a plan on is enough. */
export function plansOn(
  { assignments }: Pick<UserState, 'assignments'>,
  skuId: string,
  bySku: PlansKnown['bySku'],
): string[] {
  const paths = assignments.filter((one) => one.skuId === skuId && gives(one));
  return (bySku.get(skuId) ?? []).filter((planId) =>
    paths.some(({ disabledPlans }) => !disabledPlans.includes(planId)),
  );
}

/**
 * Says whether a license shows no activity since then (ms UTC); null where it does, where a report that should tell is
 * not known, and where no report tells anything of the product.
 */
export function noActivity(
  user: Pick<UserState, 'assignments'>,
  skuId: string,
  { bySku, names }: PlansKnown,
  usage: PersonUsage | null,
  coverage: Coverage,
  since: number,
): NoActivity | null {
  const { workloads, unseen } = evidenceFor(plansOn(user, skuId, bySku), names);
  const verdict = useOfAll(usage, workloads, coverage, since);
  return verdict.use === 'unused' ? { lastAt: verdict.lastAt, until: verdict.until, unseen } : null;
}

/** The day of the last activity in anything at all, ms UTC; null where none is known. */
export function lastActivity(usage: PersonUsage | null): number | null {
  const days = Object.values(usage?.last ?? {}).flatMap((fact) => (fact?.at == null ? [] : [fact.at]));
  return days.length === 0 ? null : Math.max(...days);
}
