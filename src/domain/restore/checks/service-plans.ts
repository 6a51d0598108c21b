import { planIdsOf } from '../../license/catalogue.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import type { SkuState } from '../../license/sku.ts';
import { planRules } from './plan-rules.ts';

/** What stands between service plans: `planId` cannot come, for these reasons. */
export type PlanTrouble =
  | { code: 'conflict'; planId: string; otherId: string }
  | { code: 'dependency'; planId: string; needs: readonly string[] };

/** What is known of the plans in the tenant's products. */
export type ServicePlans = {
  /**
   * The first trouble of what would come, beside what stays. Two plans that were there together before fit each
   * other, whatever the rules say.
   * @param stays what the user has now, or gets in any case
   * @param comes what would be given back, one entry a path
   */
  troubleOf(
    stays: readonly LicenseGrant[],
    comes: readonly (readonly LicenseGrant[])[],
  ): { at: number; trouble: PlanTrouble } | null;
  /** The grant without those disabled plans that the product has no more: Microsoft refuses to hear of them. */
  asOfNow(grant: LicenseGrant): LicenseGrant;
};

/** Looks at service plans by what the tenant says of its products; where it says nothing, by the shipped table. */
export function servicePlans(skus: readonly SkuState[]): ServicePlans {
  const { exclusiveWith, neededBy, named } = planRules();
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const sets = new Map(
    skus.filter((sku) => sku.planIds.length > 0).map((sku) => [sku.skuId, new Set(sku.planIds)]),
  );
  const ruled = new Map<string, readonly string[]>();

  /** The plans of a grant that some rule names: few of a product's many, which is what makes thousands of users quick. */
  const enabled = ({ skuId, disabledPlans }: LicenseGrant): readonly string[] => {
    const plans = ruled.get(skuId) ?? planIdsOf(skuId, live.get(skuId)).filter((planId) => named.has(planId));
    ruled.set(skuId, plans);
    return disabledPlans.length === 0 ? plans : plans.filter((planId) => !disabledPlans.includes(planId));
  };

  return {
    troubleOf: (stays, comes) => {
      const have = stays.map(enabled);
      const coming = comes.map((grants) => grants.flatMap(enabled));
      const isThere = (planId: string): boolean => have.some((plans) => plans.includes(planId));
      const willBe = (planId: string): boolean =>
        isThere(planId) || coming.some((plans) => plans.includes(planId));
      for (const [at, plans] of coming.entries()) {
        for (const planId of plans) {
          const otherId = exclusiveWith.get(planId)?.find(isThere);
          const needs = neededBy.get(planId);
          if ((otherId === undefined && needs === undefined) || isThere(planId)) continue;
          if (otherId !== undefined) return { at, trouble: { code: 'conflict', planId, otherId } };
          if (needs && !needs.some(willBe)) return { at, trouble: { code: 'dependency', planId, needs } };
        }
      }
      return null;
    },
    asOfNow: ({ skuId, disabledPlans }) => {
      const plans = sets.get(skuId);
      const still = plans ? disabledPlans.filter((planId) => plans.has(planId)) : disabledPlans;
      return { skuId, disabledPlans: still.toSorted() };
    },
  };
}
