import type { Verdict } from '../attribution/verdict.ts';
import type { DetectedChange } from '../license/change.ts';

/**
 * What makes two changes the same incident, as a text of labels only: the cause, who set it off, the group or
 * the subscription it came through. Counts, names and dates are not in it, so that they may change without
 * a new alert. Changes that no record explains have only their read in common: `scanId` is their label.
 */
export function fingerprintOf(change: DetectedChange, verdict: Verdict, scanId: string): string {
  if (verdict.level === 'unexplained' || verdict.level === 'unrecorded') return `no-record|${scanId}`;
  const actor = verdict.actor?.id ?? verdict.actor?.name?.toLowerCase() ?? '';
  // A subscription that ends is one story, by whatever group its users had it.
  const group = verdict.cause === 'subscription-lifecycle' ? '' : (verdict.groupId ?? '');
  return [verdict.cause, actor, group, subscriptionOf(change, verdict)].join('|');
}

/** A subscription's end and its users' losses are one; two subscriptions that end are two. */
const subscriptionOf = (change: DetectedChange, { cause }: Verdict): string =>
  cause === 'subscription-lifecycle' || cause === 'billing' ? (change.skuId ?? '') : '';
