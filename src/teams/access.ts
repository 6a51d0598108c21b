import { type Access, NO_ACCESS } from '../domain/access/access.ts';
import { accessOf, type Grant, grantOver } from '../domain/access/grant.ts';
import type { Person } from '../domain/access/person.ts';
import type { AccessReader } from '../domain/ports.ts';
import { remembered } from './remembered.ts';

/** Who has which role, by ids in lower case: of Entra groups, of directory roles' templates, of administrative units. */
export type RoleSettings = {
  readerGroupId: string | null;
  operatorGroupId: string | null;
  ownerGroupId: string | null;
  readerRoleIds: readonly string[];
  operatorRoleIds: readonly string[];
  ownerRoleIds: readonly string[];
  /** Members of the group operate within the unit. */
  scopedOperators: readonly { groupId: string; unitId: string }[];
};

export type AccessOptions = {
  roles: RoleSettings;
  /** The tenant whose people may have a role, lower case. */
  tenantId: string;
  directory: AccessReader;
  /** ms UTC. */
  now: () => number;
  /** Told once until the source can be read again. */
  onFailure: (source: string, error: unknown) => void;
};

/** A removed operator keeps the role at most this long, ms. */
const REMEMBER_MS = 60_000;

/** A question to the directory that takes longer than this counts as not answered, ms. */
const PATIENCE_MS = 8_000;

/** Of everybody in the tenant while no role is set: they may ask, and nobody may decide. */
const MAY_ASK: Access = { role: 'reader', sees: null, acts: new Set() };

/**
 * What a person may do and see, by Entra groups, Microsoft's directory roles and administrative units. Each
 * source is judged by itself and fails closed: one that the directory cannot answer gives nothing, and takes
 * nothing from what another gives. Never throws.
 */
export function createAccess(options: AccessOptions): (person: Person) => Promise<Access> {
  const { roles, directory, now } = options;
  const members = ask('group', (id, signal) => directory.groupMembers(id, signal));
  const heldRoles = ask('roles of', (id, signal) => directory.rolesOf(id, signal));
  const unit = ask('unit', (id, signal) => directory.unitMembers(id, signal));
  const failing = new Set<string>();

  /** Asks with patience and memory; null when the directory cannot say. */
  function ask<Value>(
    what: string,
    read: (id: string, signal: AbortSignal) => Promise<Value>,
  ): (id: string) => Promise<Value | null> {
    const answer = remembered((id) => read(id, AbortSignal.timeout(PATIENCE_MS)), REMEMBER_MS, now);
    return async (id) => {
      const source = `${what} ${id}`;
      try {
        const value = await answer(id);
        failing.delete(source);
        return value;
      } catch (error) {
        if (!failing.has(source)) options.onFailure(source, error);
        failing.add(source);
        return null;
      }
    };
  }

  const isMember = async (groupId: string, userId: string): Promise<boolean> =>
    (await members(groupId))?.has(userId) === true;

  const groups: readonly (readonly [Grant['role'], string | null])[] = [
    ['owner', roles.ownerGroupId],
    ['operator', roles.operatorGroupId],
    ['reader', roles.readerGroupId],
  ];
  const roleIds: ReadonlyMap<string, Grant['role']> = new Map([
    ...roles.readerRoleIds.map((id) => [id, 'reader'] as const),
    ...roles.operatorRoleIds.map((id) => [id, 'operator'] as const),
    // The highest comes last, so that it holds for a role that several settings name.
    ...roles.ownerRoleIds.map((id) => [id, 'owner'] as const),
  ]);

  async function byGroups(userId: string): Promise<Grant[]> {
    const found = groups.map(
      async ([role, groupId]): Promise<Grant[]> =>
        groupId !== null && (await isMember(groupId, userId)) ? [{ role, users: null }] : [],
    );
    return (await Promise.all(found)).flat();
  }

  async function over(role: Grant['role'], unitId: string): Promise<Grant[]> {
    const users = await unit(unitId);
    return users === null ? [] : [grantOver(role, users)];
  }

  async function byDirectoryRoles(userId: string): Promise<Grant[]> {
    if (roleIds.size === 0) return [];
    const found = ((await heldRoles(userId)) ?? []).map(async ({ roleTemplateId, unitId }) => {
      const role = roleIds.get(roleTemplateId);
      if (role === undefined) return [];
      return unitId === null ? [{ role, users: null }] : over(role, unitId);
    });
    return (await Promise.all(found)).flat();
  }

  async function byUnits(userId: string): Promise<Grant[]> {
    const found = roles.scopedOperators.map(async ({ groupId, unitId }) =>
      (await isMember(groupId, userId)) ? over('operator', unitId) : [],
    );
    return (await Promise.all(found)).flat();
  }

  const unrestricted =
    groups.every(([, groupId]) => groupId === null) && roleIds.size + roles.scopedOperators.length === 0;

  return async ({ aadObjectId, tenantId }) => {
    if (aadObjectId === '' || tenantId !== options.tenantId) return NO_ACCESS;
    if (unrestricted) return MAY_ASK;
    const grants = await byGroups(aadObjectId);
    // Nothing adds to an owner's rights, so that owners do not wait for what else could be asked.
    if (grants.some(({ role }) => role === 'owner')) return accessOf(grants);
    const others = await Promise.all([byDirectoryRoles(aadObjectId), byUnits(aadObjectId)]);
    return accessOf([...grants, ...others.flat()]);
  };
}
