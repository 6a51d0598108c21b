import type { LicenseChange } from '../license/change.ts';
import { heldSkus, type UserState } from '../license/user-state.ts';

/** What became of a change while it settled: tell it, or keep it as history only. */
export type Settled = 'tell' | 'healed' | 'swapped';

/**
 * A loss waits for the settle time, so that a swap in two steps and a passing error are not told as losses.
 * @param now the user as last read; null when the account is gone
 * @param later changes of the same user seen after this one
 * @param related whether one product contains most of the other's plans
 */
export function settle(
  change: LicenseChange,
  now: UserState | null,
  later: readonly LicenseChange[],
  related: (skuId: string, otherSkuId: string) => boolean,
): Settled {
  if (change.kind === 'account-removed') return now ? 'healed' : 'tell';
  if ((change.kind !== 'lost' && change.kind !== 'never-granted') || change.skuId === null || now === null)
    return 'tell';
  if (heldSkus(now).has(change.skuId)) return 'healed';
  return replacementOf(change, now, later, related) === null ? 'tell' : 'swapped';
}

/** The product that a user holds now in place of the one they lost, or null. Takes what `settle` takes. */
export function replacementOf(
  { skuId }: LicenseChange,
  now: UserState,
  later: readonly LicenseChange[],
  related: (skuId: string, otherSkuId: string) => boolean,
): string | null {
  if (skuId === null) return null;
  const held = heldSkus(now);
  const gained = later.find(
    (other) =>
      other.kind === 'gained' && other.skuId !== null && held.has(other.skuId) && related(skuId, other.skuId),
  );
  return gained?.skuId ?? null;
}
