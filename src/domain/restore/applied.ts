import type { LicensedGroup } from '../license/sku.ts';
import { DIRECT, type UserState } from '../license/user-state.ts';
import type { StepAction } from './step.ts';

/**
 * Whether a user's state shows what an action has done, whatever came of it: an assignment in error was applied,
 * too. An account that is gone has nothing left to show.
 * @param state the user as last read; undefined when the account is gone
 * @param groups the groups that give licenses, as last read
 */
export function isApplied(
  action: StepAction,
  state: UserState | undefined,
  groups: readonly Pick<LicensedGroup, 'id' | 'assignedLicenses'>[],
): boolean {
  if (!state) return action.kind !== 'restore-account';
  const has = (path: string, skuId?: string): boolean =>
    state.assignments.some((one) => one.path === path && (skuId === undefined || one.skuId === skuId));
  switch (action.kind) {
    case 'restore-account':
      return true;
    case 'assign':
      return action.licenses.every(({ skuId }) => has(DIRECT, skuId));
    case 'unassign':
      return !action.skuIds.some((skuId) => has(DIRECT, skuId));
    case 'swap':
      return (
        action.licenses.every(({ skuId }) => has(DIRECT, skuId)) &&
        !action.skuIds.some((skuId) => has(DIRECT, skuId))
      );
    case 'add-to-group':
      return licensesOf(groups, action.groupId).every((skuId) => has(action.groupId, skuId));
    case 'remove-from-group':
      return !has(action.groupId);
    case 'reprocess':
      return state.assignments.every((one) => one.state !== 'Error');
    case 'license-group':
      return action.licenses.every(({ skuId }) => has(action.groupId, skuId));
    case 'unlicense-group':
      return !action.skuIds.some((skuId) => has(action.groupId, skuId));
  }
}

/** The ids of the SKUs that a group gives; none of a group that is gone. */
export const licensesOf = (
  groups: readonly Pick<LicensedGroup, 'id' | 'assignedLicenses'>[],
  groupId: string,
): string[] =>
  groups.flatMap(({ id, assignedLicenses }) =>
    id === groupId ? assignedLicenses.map(({ skuId }) => skuId) : [],
  );
