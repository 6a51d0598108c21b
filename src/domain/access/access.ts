import type { Scope } from './scope.ts';

/** What somebody may do; each role may do what those before it may. */
export type Role = 'none' | 'reader' | 'operator' | 'owner';

/**
 * What a person may do, and whose licenses they may see and act on. An operator of administrative units acts
 * on, and without a wider role of their own sees, only users of those units.
 */
export type Access = {
  role: Role;
  sees: Scope;
  acts: Scope;
  /** A source of roles cannot be read now: the person may have more than this, and nobody can say. */
  unread?: true;
  /** Whether a setting makes them an auditor, who may search audit records of all kinds. */
  audits?: true;
};

/** Of somebody who may do nothing: also when the directory cannot say who they are. */
export const NO_ACCESS: Access = { role: 'none', sees: new Set(), acts: new Set() };

const RANK: Record<Role, number> = { none: 0, reader: 1, operator: 2, owner: 3 };

/** Whether a role may do what another may. */
export const isAtLeast = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];
