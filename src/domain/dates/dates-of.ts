import type { AuditEvent } from '../audit/event.ts';
import type { Assignment } from '../license/user-state.ts';
import type { LicenseDates, ServicePlanDate } from './license-dates.ts';
import { interruptedFor, type Period } from './periods.ts';
import { beginningOf, recordedAt } from './recorded-at.ts';

/**
 * Since when somebody has a license by one path, as four sources tell it; ms UTC, null where one tells nothing.
 * None replaces another: the state's date moves when anything about the assignment changes, the plan's with the
 * plan, the record's is exact, and ours is at most one read late.
 */
export type AssignmentDates = {
  /** When the first of the product's service plans that are there came (`assignedPlans.assignedDateTime`). */
  plan: number | null;
  /** When Microsoft last touched the assignment (`licenseAssignmentStates.lastUpdatedDateTime`). */
  state: number | null;
  /** The newest audit record that shows it coming. */
  record: number | null;
  /** The two reads it was first seen between; `after` null: it was there when the account was first read. */
  seen: { after: number | null; by: number };
  /** How long it was missing since then, ms, before its loss was put right; 0 when it never was. */
  interruptedMs: number;
  /** When Microsoft's two dates were read; null when they were not. */
  asOf: number | null;
};

/** What is known beside the assignment itself. */
export type DateFacts = {
  dates: LicenseDates | null;
  /** The period in which it is held now; null when changes do not tell. */
  period: Period | null;
  /** When the account was first read, ms UTC. */
  firstSeenAt: number;
  /** Audit records on the user. */
  events: readonly AuditEvent[];
  /** Ids of the service plans in a product. */
  plansOf(skuId: string): readonly string[];
  /** The other products that the user has: a plan that they give, too, may be older than this license. */
  otherSkus: readonly string[];
};

/** The four dates of one assignment. Pure. */
export function datesOf(
  assignment: Pick<Assignment, 'skuId' | 'path' | 'disabledPlans'>,
  facts: DateFacts,
): AssignmentDates {
  const { dates, period, firstSeenAt, events } = facts;
  const { skuId, path } = assignment;
  const seen = beginningOf(period, firstSeenAt);
  return {
    plan: dates?.plans ? planDate(assignment, dates.plans, facts) : null,
    state: dates?.states?.find((state) => state.skuId === skuId && state.path === path)?.updatedAt ?? null,
    record: recordedAt(assignment, events, seen),
    seen,
    interruptedMs: period === null ? 0 : interruptedFor(period),
    asOf: dates?.readAt ?? null,
  };
}

/**
 * The oldest date among the plans of a product that the user has: Microsoft adds plans to products later. Plans that
 * no other product of the user gives say more; only where there is none, the shared ones count.
 */
function planDate(
  { skuId, disabledPlans }: Pick<Assignment, 'skuId' | 'disabledPlans'>,
  plans: readonly ServicePlanDate[],
  { plansOf, otherSkus }: DateFacts,
): number | null {
  const shared = new Set(otherSkus.flatMap(plansOf));
  const own = new Set(plansOf(skuId).filter((id) => !disabledPlans.includes(id)));
  const dated = plans.flatMap(({ servicePlanId, status, assignedAt }) =>
    own.has(servicePlanId) && status !== 'Deleted' && assignedAt !== null
      ? [{ at: assignedAt, shared: shared.has(servicePlanId) }]
      : [],
  );
  const telling = dated.some((one) => !one.shared) ? dated.filter((one) => !one.shared) : dated;
  return telling.length === 0 ? null : Math.min(...telling.map(({ at }) => at));
}
