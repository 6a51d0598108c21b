import type { DetectedChange } from '../../license/change.ts';
import { isDead } from '../../license/diff-tenant.ts';
import { assignableSeats, type SkuState, type SubscriptionState } from '../../license/sku.ts';
import { count, numeral, plural } from '../../numerals.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, type Finding, link } from '../finding.ts';
import { productOf } from '../names.ts';
import type { AttributionContext, Cause } from '../verdict.ts';

/**
 * Changes of the SKUs themselves. No log has a record of them: the status shows a lapse by itself, and a
 * difference of totals without one was made in billing or by the partner. No admin is ever named.
 */
export const tenantChange: CauseRule = (change, evidence) => {
  if (change.kind === 'subscription-changed') return statusChange(change, evidence);
  if (change.kind === 'seats-changed') return seatChange(change, evidence);
  return null;
};

function statusChange(change: DetectedChange, { context }: Evidence): Finding {
  const from = change.skuBefore?.capabilityStatus ?? 'not owned';
  const to = change.skuAfter?.capabilityStatus ?? 'no longer owned';
  return finding(
    'proved',
    'subscription-lifecycle',
    context,
    `The subscription of ${productOf(change)} went from ${from} to ${to} between the two reads${datesOf(change, context)}.${stillListed(change, context)}`,
  );
}

/** The dates of the SKU's subscriptions, as far as they were read. */
function datesOf({ skuId }: DetectedChange, { subscriptionsAfter = [] }: AttributionContext): string {
  const dates = subscriptionsAfter
    .filter((subscription) => subscription.skuId === skuId && subscription.nextLifecycleAt !== null)
    .map(({ status, nextLifecycleAt }) => `${status} until ${dayOf(nextLifecycleAt ?? 0)}`);
  return dates.length === 0 ? '' : ` (${[...new Set(dates)].join(', ')})`;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Users may list a SKU that gives them nothing any more; those who were seen to lose it do not. */
function stillListed(
  { skuId, skuBefore, skuAfter }: DetectedChange,
  { changes }: AttributionContext,
): string {
  if (skuAfter !== null && !isDead(skuAfter)) return '';
  const losers = new Set(
    changes.filter((change) => change.kind === 'lost' && change.skuId === skuId).map(({ userId }) => userId),
  );
  // A SKU that is gone tells its last count, from before they lost it.
  const users = skuAfter?.consumed ?? Math.max(0, (skuBefore?.consumed ?? 0) - losers.size);
  if (users === 0) return '';
  return ` ${users === 1 ? 'One user' : count(users, 'user')} may still list it and ${plural(users, 'is', 'are')} effectively unlicensed.`;
}

function seatChange(change: DetectedChange, { context }: Evidence): Finding {
  const before = change.skuBefore ? assignableSeats(change.skuBefore) : 0;
  const after = change.skuAfter ? assignableSeats(change.skuAfter) : 0;
  const over = (change.skuAfter?.consumed ?? 0) - after;
  const seats = `The seats of ${productOf(change)} went from ${numeral(before)} to ${numeral(after)} between the two reads`;
  const beyond = over > 0 ? `; ${numeral(over)} more ${plural(over, 'is', 'are')} assigned than bought` : '';
  return seatCause(change, context) === 'subscription-lifecycle'
    ? finding(
        'proved',
        'subscription-lifecycle',
        context,
        `${seats}, as a subscription changed its status${beyond}.`,
      )
    : finding('likely', 'billing', context, `${seats}, made in billing or by the partner${beyond}.`);
}

const finding = (
  level: Finding['level'],
  cause: Cause,
  context: AttributionContext,
  what: string,
): Finding => ({
  level,
  cause,
  actor: null,
  chain: [link(context.observedAfter, what)],
  groupId: null,
});

/** Why the seats changed: one of the SKU's subscriptions changed its status or ended, or somebody bought or cut. */
export function seatCause(
  change: DetectedChange,
  context: AttributionContext,
): 'billing' | 'subscription-lifecycle' {
  const { subscriptionsBefore, subscriptionsAfter } = context;
  const lapsed =
    subscriptionsBefore && subscriptionsAfter
      ? someStatusChanged(change.skuId, subscriptionsBefore, subscriptionsAfter)
      : false;
  return lapsed || unusableSeats(change.skuBefore) !== unusableSeats(change.skuAfter)
    ? 'subscription-lifecycle'
    : 'billing';
}

/** Seats of subscriptions that lapsed are kept in the SKU's other units. */
const unusableSeats = (sku: SkuState | null): number => (sku ? sku.suspended + sku.lockedOut : 0);

function someStatusChanged(
  skuId: string | null,
  before: readonly SubscriptionState[],
  after: readonly SubscriptionState[],
): boolean {
  const now = new Map(after.map((subscription) => [subscription.id, subscription.status.toLowerCase()]));
  return before.some(
    (subscription) =>
      subscription.skuId === skuId && now.get(subscription.id) !== subscription.status.toLowerCase(),
  );
}
