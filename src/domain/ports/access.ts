/** What is asked of the directory to know who may do what. Ids are lower case. */

/** A directory role that somebody holds: over the tenant (`unitId` null), or over one administrative unit. */
export type HeldRole = { roleTemplateId: string; unitId: string | null };

/** Every method throws TenantReadError. */
export interface AccessReader {
  /** Object ids of a group's direct and nested members. */
  groupMembers(groupId: string, signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** The active directory roles of a person, assigned to them or through a group. */
  rolesOf(userId: string, signal: AbortSignal): Promise<HeldRole[]>;
  /** Object ids of the users in an administrative unit. */
  unitMembers(unitId: string, signal: AbortSignal): Promise<ReadonlySet<string>>;
}
