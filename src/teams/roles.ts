import type { Role } from '../domain/access/access.ts';
import type { Person } from '../domain/incident/decision.ts';

export type RoleGroups = {
  readerGroupId: string | null;
  operatorGroupId: string | null;
  ownerGroupId: string | null;
};

export type RoleOptions = {
  groups: RoleGroups;
  /** Object ids of a group's direct and nested members, lower case; throws when the directory cannot say. */
  members: (groupId: string) => Promise<ReadonlySet<string>>;
  /** ms UTC. */
  now: () => number;
  onFailure: (groupId: string, error: unknown) => void;
};

/** A removed operator keeps the role at most this long, ms. */
const REMEMBER_MS = 60_000;

/**
 * What a person may do, by the Entra groups that the settings name, from the highest role down. Without role
 * groups everybody of the tenant may ask and nobody may decide. Fails closed: when the directory cannot
 * say, a person has no role.
 */
export function createRoles(options: RoleOptions): (person: Person) => Promise<Role> {
  const remembered = new Map<string, { until: number; members: Promise<ReadonlySet<string>> }>();

  function membersOf(groupId: string): Promise<ReadonlySet<string>> {
    const known = remembered.get(groupId);
    if (known && known.until > options.now()) return known.members;
    const members = options.members(groupId);
    remembered.set(groupId, { until: options.now() + REMEMBER_MS, members });
    members.catch((error: unknown) => {
      remembered.delete(groupId);
      options.onFailure(groupId, error);
    });
    return members;
  }

  const { readerGroupId, operatorGroupId, ownerGroupId } = options.groups;
  const ladder: readonly (readonly [Role, string | null])[] = [
    ['owner', ownerGroupId],
    ['operator', operatorGroupId],
    ['reader', readerGroupId],
  ];
  const unrestricted = ladder.every(([, groupId]) => groupId === null);

  return async (person) => {
    if (unrestricted) return 'reader';
    try {
      for (const [role, groupId] of ladder) {
        if (groupId !== null && (await membersOf(groupId)).has(person.aadObjectId)) return role;
      }
    } catch {
      return 'none';
    }
    return 'none';
  };
}
