import type { LicensedGroup } from '../../license/sku.ts';
import type { GroupLock } from './problem.ts';

/**
 * Why a group's members cannot be changed through Graph; null when they can. Role-assignable groups could be
 * changed with `RoleManagement.ReadWrite.Directory`, which License Watch does not ask for: who holds it could
 * make anybody an administrator.
 */
export function membershipLock(group: LicensedGroup): GroupLock | null {
  if (group.dynamic) return 'group-dynamic';
  if (group.onPremisesSyncEnabled === true) return 'group-synced';
  // Already without Microsoft 365 groups, whose members Graph may change.
  if (group.mailEnabled) return 'group-mail-enabled';
  return group.roleAssignable ? 'group-role-assignable' : null;
}
