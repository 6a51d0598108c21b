import type { LicensedGroup } from '../../license/sku.ts';
import { membershipLock } from '../checks/group.ts';
import type { RequestFacts } from './request-facts.ts';
import type { GroupLicenseKind, MembershipKind } from './request-kind.ts';

/** Why nothing can be done to a group at all, and what to do instead: a sentence each. */
export type GroupRefusal = { reason: string; wayOut: string };

const IN_ENTRA = 'in the Microsoft Entra admin center, under Groups';

/**
 * Why a group's members are not changed: Graph cannot change them, or it is no group that gives licenses. Whoever may
 * decide about licenses is not for that reason to decide about every other access that a group may give.
 */
export function whyNotMembers(kind: MembershipKind, facts: RequestFacts): GroupRefusal | null {
  const { group } = facts;
  if (group === null) return GONE;
  const { displayName: name, assignedLicenses } = group.group;
  const lock = membershipLock(group.group);
  if (lock) return { reason: locked(lock, name), wayOut: insteadOf(lock, kind) };
  if (assignedLicenses.length > 0) return null;
  return {
    reason: `${name} gives no license that Microsoft Graph names, and I change members only of groups that give licenses.`,
    wayOut: `Change its members ${IN_ENTRA}.`,
  };
}

/**
 * Why a group's licenses are not changed. Dynamic and synced groups can be given licenses like any security group; what
 * is no security group cannot (Microsoft, "Scenarios, limitations, and known issues using groups to manage licensing").
 */
export function whyNotLicenses(kind: GroupLicenseKind, facts: RequestFacts): GroupRefusal | null {
  const { group, runningGroups } = facts;
  if (group === null) return GONE;
  const { id, displayName: name, securityEnabled = true, roleAssignable } = group.group;
  if (runningGroups.has(id)) {
    return {
      reason: `What was decided before for ${name} is still being carried out.`,
      wayOut: 'Wait until that is done.',
    };
  }
  if (roleAssignable) {
    return {
      reason: `${name} is role-assignable: it can give directory roles, so only Privileged Role Administrators change it.`,
      wayOut: 'Use another group for licenses.',
    };
  }
  if (!securityEnabled && kind === 'license-group') {
    return {
      reason: `${name} is ${kindInWords(group.group)}, and Microsoft gives licenses through security groups only.`,
      wayOut: `Make a security group with the same members ${IN_ENTRA}, or assign the license to people.`,
    };
  }
  return null;
}

const GONE: GroupRefusal = {
  reason: 'The group does not exist any more.',
  wayOut: 'Name another one.',
};

const kindInWords = ({ mailEnabled }: LicensedGroup): string =>
  mailEnabled ? 'a distribution list' : 'no security group';

type Lock = NonNullable<ReturnType<typeof membershipLock>>;

/** https://learn.microsoft.com/entra/identity/role-based-access-control/groups-concept for the last one. */
function locked(lock: Lock, name: string): string {
  switch (lock) {
    case 'group-dynamic':
      return `${name} is dynamic: its rule decides who is in it.`;
    case 'group-synced':
      return `${name} is synced from on-premises: its members are changed in the directory there.`;
    case 'group-mail-enabled':
      return `${name} is mail-enabled: only Exchange changes its members.`;
    case 'group-role-assignable':
      return `${name} is role-assignable: only its owners and Privileged Role Administrators change its members.`;
  }
}

function insteadOf(lock: Lock, kind: MembershipKind): string {
  switch (lock) {
    case 'group-dynamic':
      return 'Change its rule, or what the rule looks at in the account.';
    case 'group-synced':
      return 'Change it there, and wait for the next sync.';
    case 'group-mail-enabled':
      return 'Change them in the Exchange admin center.';
    case 'group-role-assignable':
      return `Ask one of them to ${kind === 'add-to-group' ? 'add' : 'remove'} the user.`;
  }
}
