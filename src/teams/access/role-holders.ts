import type { Holders, RoleFacts, RoleSource } from '../../answers/answer/role-facts.ts';
import type { Access } from '../../domain/access/access.ts';
import { MINUTE_MS } from '../../domain/durations.ts';
import { count } from '../../domain/numerals.ts';
import type { AccessReader } from '../../domain/ports.ts';
import { remembered } from '../remembered.ts';
import { isUnrestricted, type RoleSettings } from './role-settings.ts';

const REMEMBER_MS = 2 * MINUTE_MS;
const TIMEOUT_MS = 4_000;

export type RoleHoldersOptions = {
  roles: RoleSettings;
  directory: Pick<AccessReader, 'fewMembers' | 'roleHolders' | 'nameOf' | 'unitMembers'>;
  accessOf: (userId: string) => Promise<Access>;
  /** The name of a directory role by its template id, and back; null for one that we do not know. */
  roleName: (templateId: string) => string | null;
  roleId: (name: string) => string | null;
  /** ms UTC. */
  now: () => number;
};

/** Says who holds a role here, and which setting gives it. What Microsoft cannot say is null; never throws. */
export function createRoleHolders(options: RoleHoldersOptions): RoleFacts {
  const { roles, directory, now } = options;
  const signal = (): AbortSignal => AbortSignal.timeout(TIMEOUT_MS);
  const members = remembered(
    async (groupId): Promise<Holders | null> => {
      const few = await directory.fewMembers(groupId, signal());
      return { ids: few === null ? [] : [...few], more: few === null };
    },
    REMEMBER_MS,
    now,
  );
  const name = remembered((key) => directory.nameOf(key, signal()), REMEMBER_MS, now);
  const unit = remembered((unitId) => directory.unitMembers(unitId, signal()), REMEMBER_MS, now);
  const holders = remembered(
    async (templateId): Promise<Holders> => {
      const held = await directory.roleHolders(templateId, signal());
      const ofGroups = await Promise.all(held.groups.map(members));
      return {
        ids: [...new Set([...held.users, ...ofGroups.flatMap((group) => group?.ids ?? [])])],
        more: ofGroups.some((group) => group === null || group.more),
      };
    },
    REMEMBER_MS,
    now,
  );
  const orNull = <Value>(value: Promise<Value>): Promise<Value | null> => value.catch(() => null);

  const named = async (what: 'groups' | 'units', id: string): Promise<string> =>
    (await orNull(name(`${what}/${id}`))) ?? id;

  async function byGroup(
    role: RoleSource['role'],
    groupId: string | null,
    setting: string,
  ): Promise<RoleSource[]> {
    if (groupId === null) return [];
    const by = `the group ${await named('groups', groupId)}`;
    return [{ role, by, over: null, setting, holders: await orNull(members(groupId)) }];
  }

  const byRoles = (
    role: RoleSource['role'],
    ids: readonly string[],
    setting: string,
  ): Promise<RoleSource[]> =>
    Promise.all(
      ids.map(async (id) => ({
        role,
        by: `the directory role ${options.roleName(id) ?? id}`,
        over: null,
        setting,
        holders: await orNull(holders(id)),
      })),
    );

  const byUnits = (): Promise<RoleSource[]> =>
    Promise.all(
      roles.scopedOperators.map(async ({ groupId, unitId }) => {
        const users = await orNull(unit(unitId));
        const size = users === null ? '' : ` (${count(users.size, 'user')})`;
        return {
          role: 'operator' as const,
          by: `the group ${await named('groups', groupId)}`,
          over: `the administrative unit ${await named('units', unitId)}${size}`,
          setting: 'SCOPED_OPERATORS',
          holders: await orNull(members(groupId)),
        };
      }),
    );

  return {
    unrestricted: isUnrestricted(roles),
    accessOf: options.accessOf,
    async holdersOf(directoryRole) {
      const id = options.roleId(directoryRole);
      return id === null ? null : orNull(holders(id));
    },
    async sources() {
      const found = await Promise.all([
        byGroup('owner', roles.ownerGroupId, 'OWNER_GROUP_ID'),
        byRoles('owner', roles.ownerRoleIds, 'OWNER_ROLES'),
        byGroup('operator', roles.operatorGroupId, 'OPERATOR_GROUP_ID'),
        byRoles('operator', roles.operatorRoleIds, 'OPERATOR_ROLES'),
        byUnits(),
        byGroup('reader', roles.readerGroupId, 'READER_GROUP_ID'),
        byRoles('reader', roles.readerRoleIds, 'READER_ROLES'),
      ]);
      return found.flat();
    },
  };
}
