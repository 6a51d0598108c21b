import type { LicenseGrant } from '../../domain/license/license-grant.ts';
import type { LicensedGroup } from '../../domain/license/sku.ts';
import { DIRECT, gives, type UserState } from '../../domain/license/user-state.ts';
import type { StepAction } from '../../domain/restore/step.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readDirectMembers } from '../reader/group-members.ts';
import { readGroupsById } from '../reader/groups-by-id.ts';
import { readUsersById } from '../reader/users-by-id.ts';

/** What the tenant shows of the users and groups that actions name. Who or what is missing does not exist. */
export type TenantSnapshot = {
  users: ReadonlyMap<string, UserState>;
  groups: ReadonlyMap<string, LicensedGroup>;
  /** Direct members, of the groups whose members an action changes. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
};

/**
 * Reads all that tells whether these actions have something left to do. A group's members are listed, once a
 * group: asking for single ones takes `ConsistencyLevel: eventual`, so Microsoft's index, which is behind.
 * Throws TenantReadError.
 */
export async function lookAt(
  graph: GraphClient,
  actions: readonly StepAction[],
  patience: Patience,
  signal: AbortSignal,
): Promise<TenantSnapshot> {
  const userIds = actions.flatMap((action) =>
    'userId' in action && !isMembership(action) ? [action.userId] : [],
  );
  const groupIds = actions.flatMap((action) => ('groupId' in action ? [action.groupId] : []));
  const { found } = await readUsersById(graph, userIds, patience, signal);
  const groups = await readGroupsById(graph, groupIds, patience, signal);
  const members = new Map<string, ReadonlySet<string>>();
  for (const { id } of groups) {
    if (!actions.some((action) => isMembership(action) && action.groupId === id)) continue;
    members.set(id, await readDirectMembers(graph, id, signal));
  }
  return {
    users: new Map(found.map((user) => [user.id, user])),
    groups: new Map(groups.map((group) => [group.id, group])),
    members,
  };
}

type Membership = Extract<StepAction, { kind: 'add-to-group' | 'remove-from-group' }>;
const isMembership = (action: StepAction): action is Membership =>
  action.kind === 'add-to-group' || action.kind === 'remove-from-group';

/** Whether an action has nothing left to do. Processing again is never done: nobody can see that it was. */
export function stands(action: StepAction, { users, groups, members }: TenantSnapshot): boolean {
  switch (action.kind) {
    case 'restore-account':
      return users.has(action.userId);
    case 'assign': {
      const held = directLicenses(users.get(action.userId));
      return action.licenses.every((license) => held.some((one) => isSame(one, license)));
    }
    case 'unassign': {
      // Of somebody who is not seen, nothing is known.
      const user = users.get(action.userId);
      return user !== undefined && directAmong(action.skuIds, user).length === 0;
    }
    case 'swap': {
      const user = users.get(action.userId);
      const held = directLicenses(user);
      const hasAll = action.licenses.every((license) => held.some((one) => isSame(one, license)));
      return user !== undefined && hasAll && directAmong(action.skuIds, user).length === 0;
    }
    case 'add-to-group':
      return members.get(action.groupId)?.has(action.userId) ?? false;
    case 'remove-from-group':
      return !members.get(action.groupId)?.has(action.userId);
    case 'reprocess':
      return false;
    case 'license-group': {
      const given = groups.get(action.groupId)?.assignedLicenses ?? [];
      return action.licenses.every((license) => given.some((one) => isSame(one, license)));
    }
    case 'unlicense-group': {
      const group = groups.get(action.groupId);
      return group !== undefined && givenAmong(action.skuIds, group).length === 0;
    }
  }
}

/** Those of the products that a user has directly, in whatever state. */
export const directAmong = (skuIds: readonly string[], user: UserState): string[] =>
  skuIds.filter((skuId) => user.assignments.some((one) => one.path === DIRECT && one.skuId === skuId));

/** Those of the products that a group gives. */
export const givenAmong = (skuIds: readonly string[], group: LicensedGroup): string[] =>
  skuIds.filter((skuId) => group.assignedLicenses.some((one) => one.skuId === skuId));

const directLicenses = (user: UserState | undefined): LicenseGrant[] =>
  (user?.assignments ?? []).filter((one) => one.path === DIRECT && gives(one));

const isSame = (one: LicenseGrant, other: LicenseGrant): boolean =>
  one.skuId === other.skuId && one.disabledPlans.toSorted().join() === other.disabledPlans.toSorted().join();
