import { type Access, isAtLeast, NO_ACCESS, type Role } from './access.ts';
import type { Scope } from './scope.ts';

/** A role that one source gives a person: over everybody (`users` null), or over the users of a unit. */
export type Grant = { role: Exclude<Role, 'none'>; users: Scope };

/**
 * A role over an administrative unit. Settings and standing rules are the whole tenant's, so that nobody owns
 * them by way of a unit.
 */
export const grantOver = (role: Grant['role'], unitMembers: ReadonlySet<string>): Grant => ({
  role: role === 'owner' ? 'operator' : role,
  users: unitMembers,
});

/**
 * What all grants of a person come to: the highest role of any, sight of everybody that any of them covers, and
 * deeds for those that one with operator rights covers. Several units add up; everybody beats any unit.
 */
export function accessOf(grants: readonly Grant[]): Access {
  return grants.reduce<Access>(
    (access, grant) => ({
      role: isAtLeast(access.role, grant.role) ? access.role : grant.role,
      sees: both(access.sees, grant.users),
      acts: isAtLeast(grant.role, 'operator') ? both(access.acts, grant.users) : access.acts,
    }),
    NO_ACCESS,
  );
}

/** A scope that takes in the other is returned as it is: what is kept by a scope is found again by it. */
function both(one: Scope, other: Scope): Scope {
  if (one === null || other === null) return null;
  if (other.isSubsetOf(one)) return one;
  return one.isSubsetOf(other) ? other : new Set([...one, ...other]);
}
