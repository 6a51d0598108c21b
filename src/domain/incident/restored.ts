import type { LicenseChange } from '../license/change.ts';
import type { SkuState } from '../license/sku.ts';
import { heldSkus, type UserState } from '../license/user-state.ts';

/**
 * Which users of an incident have again all that they lost, by whoever's hand: state is the truth.
 * @param present users as last read; a user who is missing is gone
 */
export function restoredUsers(
  changes: readonly LicenseChange[],
  present: ReadonlyMap<string, UserState>,
  skus: readonly SkuState[],
): Set<string> {
  const dead = new Set(
    skus.filter((sku) => !['Enabled', 'Warning'].includes(sku.capabilityStatus)).map((sku) => sku.skuId),
  );
  const missing = new Set<string>();
  const seen = new Set<string>();
  for (const change of changes) {
    if (change.userId === null) continue;
    seen.add(change.userId);
    const state = present.get(change.userId);
    if (!state) missing.add(change.userId);
    else if (wanted(change).some((skuId) => dead.has(skuId) || !heldSkus(state).has(skuId)))
      missing.add(change.userId);
  }
  return new Set([...seen].filter((userId) => !missing.has(userId)));
}

/** The SKUs that must be held for a change to be undone. */
function wanted(change: LicenseChange): string[] {
  switch (change.kind) {
    case 'lost':
    case 'never-granted':
      return change.skuId === null ? [] : [change.skuId];
    case 'account-removed':
      return [...new Set(change.before.map((assignment) => assignment.skuId))];
    default:
      return [];
  }
}
