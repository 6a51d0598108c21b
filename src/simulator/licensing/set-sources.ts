import {
  type Account,
  type FormerServicePlan,
  type HeldLicense,
  heldLicenses,
  type LicenseSource,
  type ServicePlanStart,
} from '../tenant/account.ts';
import type { Tenant } from '../tenant/tenant.ts';

const planIds = (tenant: Tenant, held: readonly HeldLicense[]): Set<string> =>
  new Set(held.flatMap((one) => tenant.catalogue.enabledServicePlans(one.skuId, one.disabledPlans)));

/** Service plans that are gone now stay on the user as `Deleted`; those that are back do not. */
function formerServicePlans(
  account: Account,
  was: Set<string>,
  is: Set<string>,
  at: number,
): FormerServicePlan[] {
  const kept = account.formerServicePlans.filter((plan) => !is.has(plan.servicePlanId));
  const lost = [...was].filter((plan) => !is.has(plan)).map((servicePlanId) => ({ servicePlanId, at }));
  return [...kept.filter((plan) => !was.has(plan.servicePlanId)), ...lost];
}

/** A plan that is there already keeps its date, whatever gives it now; one that comes, or comes back, has this one. */
function servicePlanStarts(
  account: Account,
  was: Set<string>,
  is: Set<string>,
  at: number,
): ServicePlanStart[] {
  const kept = account.servicePlanStarts.filter(({ servicePlanId: id }) => was.has(id) && is.has(id));
  const come = [...is].filter((plan) => !was.has(plan)).map((servicePlanId) => ({ servicePlanId, at }));
  return [...kept, ...come];
}

const asText = (held: readonly HeldLicense[]): string =>
  JSON.stringify(held.map((one) => [one.skuId, [...one.disabledPlans].sort()]).sort());

export type SourcesChange = { account: Account; before: HeldLicense[]; after: HeldLicense[] };

/** Counts the seats that a user's licenses take more or less than before. */
export function countSeats(
  tenant: Tenant,
  before: readonly HeldLicense[],
  after: readonly HeldLicense[],
): void {
  for (const { skuId } of before) tenant.stock.consume(skuId, -1);
  for (const { skuId } of after) tenant.stock.consume(skuId, 1);
}

/** Gives a user other license sources: the one place where licenses change. Logs nothing. */
export function setSources(
  tenant: Tenant,
  account: Account,
  sources: readonly LicenseSource[],
  at: number,
): SourcesChange {
  const before = heldLicenses(account.sources);
  const after = heldLicenses(sources);
  countSeats(tenant, before, after);
  const [was, is] = [planIds(tenant, before), planIds(tenant, after)];
  const next: Account = {
    ...account,
    sources,
    formerServicePlans: formerServicePlans(account, was, is, at),
    servicePlanStarts: servicePlanStarts(account, was, is, at),
  };
  keepAccount(tenant, account);
  tenant.directory.put(next);
  const changed = asText(before) !== asText(after) && tenant.behaviour.deltaTracksLicenses;
  tenant.changes.record(account.id, [
    ...(changed ? ['assignedLicenses', 'assignedPlans'] : []),
    'licenseAssignmentStates',
  ]);
  return { account: next, before, after };
}

/**
 * A generated person who is about to become a kept one takes the group memberships along, which until now
 * followed from the profile.
 */
export function keepAccount(tenant: Tenant, account: Account): void {
  const slot = tenant.directory.slotOf(account.id);
  const profile = slot === null ? null : tenant.directory.generatedProfile(slot);
  for (const source of profile?.sources ?? []) {
    if (source.groupId) tenant.groups.find(source.groupId)?.members.add(account.id);
  }
}
