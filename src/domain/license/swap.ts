import { servicePlanIdsOf, servicePlanOverlap } from './catalogue.ts';
import type { DetectedChange } from './change.ts';
import type { SkuState } from './sku.ts';

/** SKUs as the tenant describes them, by id; their plan lists win over the shipped table. */
export type LiveSkus = ReadonlyMap<string, SkuState>;

const NO_SKUS: LiveSkus = new Map();

/**
 * A product given in place of another: one SKU lost and one gained by the same user, where one of the two
 * products contains most of the other's plans. Returns how well they fit, or null when they are no swap.
 */
export function swapFit(lostSkuId: string, gainedSkuId: string, live: LiveSkus = NO_SKUS): number | null {
  const fit = servicePlanOverlap(
    servicePlanIdsOf(lostSkuId, live.get(lostSkuId)),
    servicePlanIdsOf(gainedSkuId, live.get(gainedSkuId)),
  );
  return fit > 0.5 ? fit : null;
}

/** The one change that a loss and a gain are together. */
const swapOf = (lost: DetectedChange, gained: DetectedChange): DetectedChange => ({
  ...lost,
  kind: 'swap',
  newSkuId: gained.skuId,
  path: lost.path === gained.path ? lost.path : null,
  before: [...lost.before, ...gained.before],
  after: [...lost.after, ...gained.after],
  user: gained.user ?? lost.user,
  skuAfter: gained.skuAfter,
});

/**
 * Joins the losses and gains of one user into swaps, best fit first; everything else stays as it is. Used
 * on one read, and on the changes of several reads that settled together (remove first, add a minute later).
 */
export function joinSwaps<Change extends DetectedChange>(
  changes: readonly Change[],
  live: LiveSkus = NO_SKUS,
): (Change | DetectedChange)[] {
  const losses = changes.filter((change) => change.kind === 'lost');
  const gains = changes.filter((change) => change.kind === 'gained');
  if (losses.length === 0 || gains.length === 0) return [...changes];

  const pairs = losses.flatMap((lost) =>
    gains.flatMap((gained) => {
      const fit =
        lost.userId === gained.userId && lost.skuId !== null && gained.skuId !== null
          ? swapFit(lost.skuId, gained.skuId, live)
          : null;
      return fit === null ? [] : [{ lost, gained, fit }];
    }),
  );
  pairs.sort((a, b) => b.fit - a.fit);

  const swapped = new Map<Change, DetectedChange | null>();
  for (const { lost, gained } of pairs) {
    if (swapped.has(lost) || swapped.has(gained)) continue;
    swapped.set(lost, swapOf(lost, gained));
    swapped.set(gained, null);
  }
  return changes.flatMap((change) => {
    const swap = swapped.get(change);
    return swap === undefined ? [change] : swap === null ? [] : [swap];
  });
}
