import type { LicensedGroup } from '../license/sku.ts';
import { type ServicePlans, servicePlans } from './checks/service-plans.ts';
import { subscriptionCheck } from './checks/subscription.ts';
import type { RestoreFacts } from './plan-types.ts';

/** The facts of a plan, looked up once for all of its users. */
export type Survey = {
  facts: RestoreFacts;
  groups: ReadonlyMap<string, LicensedGroup>;
  /** Why a product cannot be assigned to anybody; null when it can. */
  subscriptionOf: ReturnType<typeof subscriptionCheck>;
  plans: ServicePlans;
};

/** Prepares the look-ups that every user of a plan needs. */
export const surveyOf = (facts: RestoreFacts): Survey => ({
  facts,
  groups: new Map(facts.tenant.groups.map((group) => [group.id, group])),
  subscriptionOf: subscriptionCheck(facts.tenant),
  plans: servicePlans(facts.tenant.skus),
});
