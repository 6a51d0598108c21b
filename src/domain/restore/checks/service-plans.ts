import { servicePlanIdsOf } from '../../license/catalogue.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import type { SkuState } from '../../license/sku.ts';
import { servicePlanRules } from './service-plan-rules.ts';

/** What stands between service plans: `servicePlanId` cannot come, for these reasons. */
export type ServicePlanTrouble =
  | { code: 'conflict'; servicePlanId: string; otherId: string }
  | { code: 'dependency'; servicePlanId: string; needs: readonly string[] };

/** What is known of the service plans in the tenant's products. */
export type ServicePlans = {
  /**
   * The first trouble of what would come, beside what stays. Two service plans that were there together before fit each
   * other, whatever the rules say.
   * @param stays what the user has now, or gets in any case
   * @param comes what would be given back, one entry a path
   */
  troubleOf(
    stays: readonly LicenseGrant[],
    comes: readonly (readonly LicenseGrant[])[],
  ): { at: number; trouble: ServicePlanTrouble } | null;
  /** The grant without those disabled plans that the product has no more: Microsoft refuses to hear of them. */
  asOfNow(grant: LicenseGrant): LicenseGrant;
};

/** Looks at service plans by what the tenant says of its products; where it says nothing, by the shipped table. */
export function servicePlans(skus: readonly SkuState[]): ServicePlans {
  const { exclusiveWith, neededBy, named } = servicePlanRules();
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const sets = new Map(
    skus.filter((sku) => sku.planIds.length > 0).map((sku) => [sku.skuId, new Set(sku.planIds)]),
  );
  const ruled = new Map<string, readonly string[]>();

  /** The service plans of a grant that some rule names: few of a product's many, which is what makes thousands of users quick. */
  const enabled = ({ skuId, disabledPlans }: LicenseGrant): readonly string[] => {
    const plans =
      ruled.get(skuId) ??
      servicePlanIdsOf(skuId, live.get(skuId)).filter((servicePlanId) => named.has(servicePlanId));
    ruled.set(skuId, plans);
    return disabledPlans.length === 0
      ? plans
      : plans.filter((servicePlanId) => !disabledPlans.includes(servicePlanId));
  };

  return {
    troubleOf: (stays, comes) => {
      const have = stays.map(enabled);
      const coming = comes.map((grants) => grants.flatMap(enabled));
      const isThere = (servicePlanId: string): boolean => have.some((plans) => plans.includes(servicePlanId));
      const willBe = (servicePlanId: string): boolean =>
        isThere(servicePlanId) || coming.some((plans) => plans.includes(servicePlanId));
      for (const [at, plans] of coming.entries()) {
        for (const servicePlanId of plans) {
          const otherId = exclusiveWith.get(servicePlanId)?.find(isThere);
          const needs = neededBy.get(servicePlanId);
          if ((otherId === undefined && needs === undefined) || isThere(servicePlanId)) continue;
          if (otherId !== undefined) return { at, trouble: { code: 'conflict', servicePlanId, otherId } };
          if (needs && !needs.some(willBe))
            return { at, trouble: { code: 'dependency', servicePlanId, needs } };
        }
      }
      return null;
    },
    asOfNow: ({ skuId, disabledPlans }) => {
      const plans = sets.get(skuId);
      const still = plans ? disabledPlans.filter((servicePlanId) => plans.has(servicePlanId)) : disabledPlans;
      return { skuId, disabledPlans: still.toSorted() };
    },
  };
}
