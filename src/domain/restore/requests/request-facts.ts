import { productName, servicePlanName } from '../../license/catalogue.ts';
import type { TenantState } from '../../license/sku.ts';
import type { StoredUser } from '../../license/stored-user.ts';
import type { RestoreFacts } from '../plan-types.ts';

import type { RestoreStep } from '../step.ts';

/** All that such a plan is made from. */
export type RequestFacts = Omit<RestoreFacts, 'changes' | 'removedAt'> & {
  nameOf(userId: string): string;
  groupName(groupId: string): string;
  /** Users for whom something is being written. */
  running: ReadonlySet<string>;
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
}): RequestFacts {
  const { users, tenant, openSteps, now } = stored;
  const present = users.filter(({ removedAt }) => removedAt === null);
  const names = new Map(users.map(({ state }) => [state.id, state.displayName]));
  const partNumbers = new Map(tenant.skus.map((sku) => [sku.skuId, sku.partNumber]));
  const groups = new Map(tenant.groups.map(({ id, displayName }) => [id, displayName]));
  return {
    present: new Map(present.map(({ state }) => [state.id, state])),
    tenant,
    now,
    running: new Set(openSteps.flatMap(({ userIds }) => userIds)),
    productName: (skuId) => productName(skuId, partNumbers.get(skuId)),
    servicePlanName: (servicePlanId) => servicePlanName(servicePlanId),
    nameOf: (userId) => names.get(userId) ?? userId,
    groupName: (groupId) => groups.get(groupId) ?? groupId,
  };
}
