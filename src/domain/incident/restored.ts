import type { LicenseChange } from '../license/change.ts';
import { isDead } from '../license/diff-tenant.ts';
import type { SkuState } from '../license/sku.ts';
import { type Assignment, gives, heldSkus, type UserState } from '../license/user-state.ts';

/**
 * Which users of an incident have again all that they lost, by whoever's hand and by whichever path: state is
 * the truth.
 * @param present users as last read; a user who is missing is gone
 */
export function restoredUsers(
  changes: readonly LicenseChange[],
  present: ReadonlyMap<string, UserState>,
  skus: readonly SkuState[],
): Set<string> {
  const dead = new Set(skus.filter(isDead).map((sku) => sku.skuId));
  const restored = new Set<string>();
  for (const [userId, mine] of Map.groupBy(changes, (change) => change.userId)) {
    const state = userId === null ? undefined : present.get(userId);
    if (userId === null || !state) continue;
    const held = heldSkus(state).difference(dead);
    if (mine.every((change) => isUndone(change, state, held))) restored.add(userId);
  }
  return restored;
}

/** @param held the products that the user holds by any path, of subscriptions that are alive */
function isUndone(change: LicenseChange, now: UserState, held: ReadonlySet<string>): boolean {
  switch (change.kind) {
    case 'lost':
    case 'never-granted':
      return change.skuId === null || held.has(change.skuId);
    case 'account-removed':
      return change.before.filter(gives).every(({ skuId }) => held.has(skuId));
    case 'plans-changed':
      return change.before
        .filter((before) => gives(before) && (change.path === null || change.path === before.path))
        .every((before) => hasServicePlansOf(before, now, held));
    default:
      return true;
  }
}

/** Whether the service plans are as before on the path on which they were. */
const hasServicePlansOf = (before: Assignment, now: UserState, held: ReadonlySet<string>): boolean =>
  held.has(before.skuId) &&
  now.assignments.some(
    (one) =>
      gives(one) &&
      one.skuId === before.skuId &&
      one.path === before.path &&
      one.disabledPlans.join() === before.disabledPlans.join(),
  );
