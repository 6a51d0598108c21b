import { productName, servicePlanName } from '../../license/catalogue.ts';
import type { GroupNow } from '../../license/group-now.ts';
import type { LicensedGroup, TenantState } from '../../license/sku.ts';
import type { StoredUser } from '../../license/stored-user.ts';
import type { RestoreFacts } from '../plan-types.ts';

import type { RestoreStep } from '../step.ts';

/** All that such a plan is made from. */
export type RequestFacts = Omit<RestoreFacts, 'changes' | 'removedAt'> & {
  nameOf(userId: string): string;
  groupName(groupId: string): string;
  /** Users for whom something is being written. */
  running: ReadonlySet<string>;
  /** Groups whose licenses are being written. */
  runningGroups: ReadonlySet<string>;
  /** The group that a request is about, as it is now; null where there is none. */
  group: GroupNow | null;
};

/**
 * The facts that a request for licenses is planned from: what is shown before and what is carried out are planned
 * from the same ones. `now` is ms UTC.
 * @param openSteps steps of any decision that are not concluded
 */
export function requestFacts(stored: {
  users: readonly StoredUser[];
  tenant: TenantState;
  openSteps: readonly RestoreStep[];
  now: number;
  group?: GroupNow | null;
}): RequestFacts {
  const { users, openSteps, now, group = null } = stored;
  const tenant = group === null ? stored.tenant : withGroup(stored.tenant, group.group);
  const present = users.filter(({ removedAt }) => removedAt === null);
  const names = new Map(users.map(({ state }) => [state.id, state.displayName]));
  const partNumbers = new Map(tenant.skus.map((sku) => [sku.skuId, sku.partNumber]));
  const groups = new Map(tenant.groups.map(({ id, displayName }) => [id, displayName]));
  return {
    present: new Map(present.map(({ state }) => [state.id, state])),
    tenant,
    now,
    running: new Set(openSteps.flatMap(({ userIds }) => userIds)),
    runningGroups: new Set(
      openSteps.flatMap(({ action }) =>
        action.kind === 'license-group' || action.kind === 'unlicense-group' ? [action.groupId] : [],
      ),
    ),
    group,
    productName: (skuId) => productName(skuId, partNumbers.get(skuId)),
    servicePlanName: (servicePlanId) => servicePlanName(servicePlanId),
    nameOf: (userId) => names.get(userId) ?? userId,
    groupName: (groupId) => groups.get(groupId) ?? groupId,
  };
}

/** What was read of the group just now replaces what the last scan had of it. */
const withGroup = (tenant: TenantState, group: LicensedGroup): TenantState => ({
  ...tenant,
  groups: [...tenant.groups.filter(({ id }) => id !== group.id), group],
});
