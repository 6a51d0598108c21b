/** What is asked of the directory to know who may do what, and what is remembered of it. Ids are lower case. */
import type { Access } from '../access/access.ts';
import type { KnownPermission } from '../access/own-access.ts';

/** A directory role that somebody holds: over the tenant (`unitId` null), or over one administrative unit. */
export type HeldRole = { roleTemplateId: string; unitId: string | null };

/** Whether somebody belongs to the tenant, was invited into it, or is not in its directory at all. */
export type PersonKind = 'member' | 'guest' | 'nobody';

/** Every method throws TenantReadError. */
export interface AccessReader {
  /**
   * Of these groups, those that the person is in, directly or by nested groups; none for somebody that the
   * directory does not know. Costs one request for twenty groups, however many members they have.
   */
  groupsOf(userId: string, groupIds: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The active directory roles of a person, assigned to them or through a group. */
  rolesOf(userId: string, signal: AbortSignal): Promise<HeldRole[]>;
  /** Object ids of the users in an administrative unit. */
  unitMembers(unitId: string, signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The administrative unit of that name, whatever its capitals; null where there is none. */
  unitNamed(name: string, signal: AbortSignal): Promise<{ id: string; name: string } | null>;
  kindOf(userId: string, signal: AbortSignal): Promise<PersonKind>;
  /** Object ids of a group's direct and nested members, or null when there are more than a page of them. */
  fewMembers(groupId: string, signal: AbortSignal): Promise<ReadonlySet<string> | null>;
  /** Who holds a directory role over the whole tenant now: users, and groups that give it to their members. */
  roleHolders(roleTemplateId: string, signal: AbortSignal): Promise<{ users: string[]; groups: string[] }>;
  /** What `groups/<id>` or `units/<id>` is called; null when it is gone. */
  nameOf(key: string, signal: AbortSignal): Promise<string | null>;
}

/** What somebody might read when their roles were last known. `at` is ms UTC. */
export type KnownAccess = Pick<Access, 'sees'> & { at: number };

/** Who had which sight when their roles could last be read. Never a reason to let anybody decide. */
export interface KnownAccessStore {
  find(tenantId: string, userId: string): Promise<KnownAccess | null>;
  /** Null: the person has no role. */
  keep(tenantId: string, userId: string, known: KnownAccess | null): Promise<void>;
}

/** Which permissions the tenant gives us, as it was known last. */
export interface OwnAccessStore {
  known(): Promise<KnownPermission[]>;
  /** Over what was known of the same permissions. */
  note(rows: readonly KnownPermission[]): Promise<void>;
}
