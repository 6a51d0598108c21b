import { planIdsOf } from '../../license/catalogue.ts';
import type { SkuState } from '../../license/sku.ts';
import type { LicenseGrant } from '../step.ts';
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
  const { exclusive, requires, named } = planRules();
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const sets = new Map(
    skus.filter((sku) => sku.planIds.length > 0).map((sku) => [sku.skuId, new Set(sku.planIds)]),
  );
  const ruled = new Map<string, readonly string[]>();

  const ruledPlansOf = (skuId: string): readonly string[] => {
    const known = ruled.get(skuId) ?? planIdsOf(skuId, live.get(skuId)).filter((planId) => named.has(planId));
    ruled.set(skuId, known);
    return known;
  };
  const enabled = ({ skuId, disabledPlans }: LicenseGrant): readonly string[] =>
    ruledPlansOf(skuId).filter((planId) => !disabledPlans.includes(planId));

  return {
    troubleOf: (stays, comes) => {
      const coming = comes.map((grants) => new Set(grants.flatMap(enabled)));
      if (coming.every((plans) => plans.size === 0)) return null;
      const have = new Set(stays.flatMap(enabled));
      const will = new Set([...have, ...coming.flatMap((plans) => [...plans])]);
      const atOf = (planId: string): number => coming.findIndex((plans) => plans.has(planId));
      for (const pair of exclusive) {
        for (const [planId, otherId] of [pair, [pair[1], pair[0]] as const]) {
          if (have.has(planId) || !have.has(otherId) || atOf(planId) < 0) continue;
          return { at: atOf(planId), trouble: { code: 'conflict', planId, otherId } };
        }
      }
      for (const { planId, anyOf } of requires) {
        if (have.has(planId) || atOf(planId) < 0 || anyOf.some((needed) => will.has(needed))) continue;
        return { at: atOf(planId), trouble: { code: 'dependency', planId, needs: anyOf } };
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
