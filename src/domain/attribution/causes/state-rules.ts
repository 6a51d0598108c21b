import { servicePlanName } from '../../license/catalogue.ts';
import type { DetectedChange } from '../../license/change.ts';
import { decayOf, isDead, isForTheWorse, SUSPENDED } from '../../license/diff-tenant.ts';
import { assignableSeats, type SubscriptionState } from '../../license/sku.ts';
import { numeral } from '../../numerals.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, type Finding, link } from '../finding.ts';
import { productOf, userName } from '../names.ts';
import type { AttributionContext, Cause } from '../verdict.ts';
import { logsAreComplete } from '../window.ts';
import { recordedPaths } from './license-paths.ts';
import { seatCause } from './tenant.ts';

/** Entra audit logs no license event when a usage location changes: our own two reads show it. */
export const usageLocation: CauseRule = (change, evidence) => {
  if (change.kind !== 'lost' || !change.user) return null;
  const { usageLocationBefore: from, usageLocationAfter: to } = change.user;
  if (from === null || from.toUpperCase() === to?.toUpperCase()) return null;
  const moved = to === null ? `was cleared (it was ${from})` : `went from ${from} to ${to}`;
  return likely('usage-location', evidence, `The usage location of ${userName(change)} ${moved}.`);
};

/** No log has a record for each user when a subscription lapses: the SKU's own state shows it. */
export const lapsedSubscription: CauseRule = (change, evidence) => {
  if (change.kind !== 'lost' || change.skuId === null) return null;
  const ofSku = evidence.tenantChange(change.skuId);
  const product = productOf(change);
  if (ofSku?.kind === 'subscription-changed' && isForTheWorse(ofSku) && isDead(ofSku.skuAfter)) {
    const status = ofSku.skuAfter?.capabilityStatus;
    const what =
      status === undefined
        ? `The subscription of ${product} ended between the same two reads: the tenant no longer owns it.`
        : `The subscription of ${product} became ${status} between the same two reads.`;
    return likely('subscription-lifecycle', evidence, what);
  }
  if (change.skuAfter && isDead(change.skuAfter)) {
    const what = `The subscription of ${product} is ${change.skuAfter.capabilityStatus}: it gives users nothing any more.`;
    return likely('subscription-lifecycle', evidence, what);
  }
  return subscriptionsEnded(change.skuId, evidence.context)
    ? likely(
        'subscription-lifecycle',
        evidence,
        `The last subscription of ${product} ended between the two reads.`,
      )
    : null;
};

/** Several subscriptions of one SKU add up: only when the last usable one ends does the product end. */
function subscriptionsEnded(skuId: string, context: AttributionContext): boolean {
  const usable = (all: readonly SubscriptionState[] = []): boolean =>
    all.some((subscription) => subscription.skuId === skuId && decayOf(subscription.status) < SUSPENDED);
  const { subscriptionsBefore, subscriptionsAfter } = context;
  return subscriptionsAfter !== undefined && usable(subscriptionsBefore) && !usable(subscriptionsAfter);
}

/** Fewer seats than were used: some of those who had one lose it. */
export const cutSeats: CauseRule = (change, evidence) => {
  if (change.kind !== 'lost' || change.skuId === null) return null;
  const ofSku = evidence.tenantChange(change.skuId);
  if (ofSku?.kind !== 'seats-changed' || !ofSku.skuBefore || !ofSku.skuAfter) return null;
  const seats = assignableSeats(ofSku.skuAfter);
  if (seats >= ofSku.skuBefore.consumed) return null;
  const what = `The seats of ${productOf(change)} went down to ${numeral(seats)} while ${numeral(ofSku.skuBefore.consumed)} were used.`;
  return likely(seatCause(ofSku, evidence.context), evidence, what);
};

/** This many users with the same change of plans and no record are no coincidence. */
const MANY = 3;

/**
 * Microsoft adds service plans to its products: then the SKU has a plan that it had not, or the same plan
 * changes for many users at once without any record.
 */
export const microsoftChange: CauseRule = (change, evidence) => {
  if (change.kind !== 'plans-changed') return null;
  const plans = changedServicePlans(change);
  const had = change.skuBefore?.planIds ?? [];
  const added =
    had.length === 0
      ? []
      : plans.filter((plan) => change.skuAfter?.planIds.includes(plan) && !had.includes(plan));
  if (added.length > 0) {
    const names = added.map(servicePlanName).join(', ');
    return likely('microsoft-change', evidence, `Microsoft added ${names} to ${productOf(change)}.`);
  }
  if (!logsAreComplete(evidence.context)) return null;
  const alike = alikeChanges(evidence).get(keyOf(change)) ?? [];
  const users = new Set(alike.map(({ userId }) => userId));
  if (users.size < MANY) return null;
  const names = plans.map(servicePlanName).join(', ');
  const what = `${names} of ${productOf(change)} changed for ${numeral(users.size)} users at the same time and no log has a record: Microsoft changed the product.`;
  return likely('microsoft-change', evidence, what);
};

const changedServicePlans = (change: DetectedChange): string[] => {
  const before = new Set(change.before.flatMap((assignment) => assignment.disabledPlans));
  const after = new Set(change.after.flatMap((assignment) => assignment.disabledPlans));
  return [...before.symmetricDifference(after)].sort();
};

const keyOf = (change: DetectedChange): string => `${change.skuId}|${changedServicePlans(change).join()}`;

const alikeByEvidence = new WeakMap<Evidence, Map<string, DetectedChange[]>>();

/** The changes of plans that nobody's record explains, by what changed, counted once for all of their users. */
function alikeChanges(evidence: Evidence): Map<string, DetectedChange[]> {
  const known = alikeByEvidence.get(evidence);
  if (known) return known;
  const counted = Map.groupBy(
    evidence.context.changes.filter(
      (change) => change.kind === 'plans-changed' && recordedPaths(change, evidence) === null,
    ),
    keyOf,
  );
  alikeByEvidence.set(evidence, counted);
  return counted;
}

const likely = (cause: Cause, { context }: Evidence, what: string): Finding => ({
  level: 'likely',
  cause,
  actor: null,
  chain: [link(context.observedAfter, what)],
  groupId: null,
});
