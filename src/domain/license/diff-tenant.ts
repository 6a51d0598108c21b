import type { DetectedChange } from './change.ts';
import { assignableSeats, type SkuState } from './sku.ts';

/** Microsoft's decay order after a subscription is not renewed; a SKU that is gone is worse than a deleted one. */
const DECAY: readonly string[] = ['enabled', 'warning', 'suspended', 'lockedout', 'deleted'];

/** How far a capability status has decayed: 0 is well, higher is worse; an unknown word counts as well. */
export function decayOf(status: string | null | undefined): number {
  if (status === null || status === undefined) return DECAY.length;
  return Math.max(DECAY.indexOf(status.toLowerCase()), 0);
}

/** From this decay on a subscription gives users nothing. */
export const SUSPENDED = DECAY.indexOf('suspended');

/** Whether a SKU in this status gives users nothing any more, although they may still list it. */
export const isDead = (sku: SkuState | null): boolean =>
  sku === null || decayOf(sku.capabilityStatus) >= SUSPENDED;

/** Whether a subscription change is one that users will feel: the status decayed, or the SKU is gone. */
export const isForTheWorse = (change: DetectedChange): boolean =>
  change.kind === 'subscription-changed' &&
  change.skuBefore !== null &&
  decayOf(change.skuAfter?.capabilityStatus) > decayOf(change.skuBefore.capabilityStatus);

/** Whether a seat change left fewer assignable seats than are used. */
export const isBelowUse = (change: DetectedChange): boolean =>
  change.kind === 'seats-changed' &&
  change.skuAfter !== null &&
  change.skuAfter.consumed > assignableSeats(change.skuAfter);

/**
 * What changed for the tenant's SKUs between two complete reads: `subscription-changed` where the capability
 * status is another, the SKU is gone or new; `seats-changed` where only the assignable seats are others. An
 * empty earlier read is a first read, which has nothing to compare with.
 */
export function diffTenant(before: readonly SkuState[], after: readonly SkuState[]): DetectedChange[] {
  if (before.length === 0) return [];
  const earlier = new Map(before.map((sku) => [sku.skuId, sku]));
  const later = new Map(after.map((sku) => [sku.skuId, sku]));
  const changes: DetectedChange[] = [];
  for (const skuId of [...new Set([...earlier.keys(), ...later.keys()])].sort()) {
    const skuBefore = earlier.get(skuId) ?? null;
    const skuAfter = later.get(skuId) ?? null;
    const kind = kindOf(skuBefore, skuAfter);
    if (!kind) continue;
    changes.push({
      kind,
      userId: null,
      skuId,
      newSkuId: null,
      path: null,
      before: [],
      after: [],
      user: null,
      skuBefore,
      skuAfter,
    });
  }
  return changes;
}

function kindOf(
  before: SkuState | null,
  after: SkuState | null,
): 'subscription-changed' | 'seats-changed' | null {
  if (!before || !after) return 'subscription-changed';
  if (before.capabilityStatus.toLowerCase() !== after.capabilityStatus.toLowerCase()) {
    return 'subscription-changed';
  }
  return assignableSeats(before) === assignableSeats(after) ? null : 'seats-changed';
}
