import type { LicenseChange } from '../license/change.ts';
import { DIRECT, gives, heldSkus, type UserState } from '../license/user-state.ts';

export type PlannedUser = { userId: string; addLicenses: { skuId: string; disabledPlans: string[] }[] };
export type BlockedUser = { userId: string; reason: string };
export type RestorePlan = { users: PlannedUser[]; blocked: BlockedUser[]; alreadyThere: string[] };

/**
 * What gives back what was lost: the direct assignments with the service plans that were off.
 * A license that came from a group is not replaced by a direct one, because it would not follow the group.
 * @param changes the incident's changes
 * @param present users as last read; a user who is missing is gone
 * @param chosen the users to restore; null means all
 * @param groupName the name of a group for the reason sentence
 */
export function planRestore(
  changes: readonly LicenseChange[],
  present: ReadonlyMap<string, UserState>,
  chosen: ReadonlySet<string> | null,
  groupName: (groupId: string) => string,
): RestorePlan {
  const plan: RestorePlan = { users: [], blocked: [], alreadyThere: [] };
  const byUser = Map.groupBy(
    changes.filter((change) => change.kind === 'lost' && change.userId !== null),
    (change) => change.userId ?? '',
  );
  for (const [userId, lost] of byUser) {
    if (chosen && !chosen.has(userId)) continue;
    const state = present.get(userId);
    if (!state) {
      plan.blocked.push({ userId, reason: 'The account is gone: restore it in Entra first.' });
      continue;
    }
    const held = heldSkus(state);
    const missing = lastOfEachSku(lost).filter((change) => change.skuId !== null && !held.has(change.skuId));
    const addLicenses = missing.flatMap((change) =>
      change.before
        .filter((assignment) => assignment.path === DIRECT && gives(assignment))
        .map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
    );
    const group = missing
      .flatMap((change) => change.before)
      .find(
        (assignment) =>
          assignment.path !== DIRECT && !addLicenses.some((add) => add.skuId === assignment.skuId),
      );
    if (missing.length === 0) plan.alreadyThere.push(userId);
    else if (addLicenses.length > 0) plan.users.push({ userId, addLicenses });
    if (group) {
      plan.blocked.push({
        userId,
        reason: `It came from the group ${groupName(group.path)}: add the user to that group again.`,
      });
    }
  }
  return plan;
}

/** A license may have been lost more than once: it comes back once, as it was the last time. */
const lastOfEachSku = (lost: readonly LicenseChange[]): LicenseChange[] => [
  ...new Map(
    lost.toSorted((a, b) => a.observedAfter - b.observedAfter).map((change) => [change.skuId, change]),
  ).values(),
];
