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
  const { skuId } = change;
  const replaced = later.some(
    (other) =>
      other.kind === 'gained' &&
      other.skuId !== null &&
      heldSkus(now).has(other.skuId) &&
      related(skuId, other.skuId),
  );
  return replaced ? 'swapped' : 'tell';
}
