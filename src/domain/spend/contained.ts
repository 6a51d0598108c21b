import { servicePlanIdsOf } from '../license/catalogue.ts';
import type { SkuState } from '../license/sku.ts';
import { gives, type UserState } from '../license/user-state.ts';

/** A product that gives somebody nothing which another one of theirs does not give as well. */
export type Contained = { skuId: string; inSkuId: string };

/** `EXCHANGE_S_FOUNDATION`: in nearly every product, and no service of its own. */
const FOUNDATION = '113feb6c-3fe4-4440-bddc-54d774bf0318';

/**
 * Makes the function that finds, among somebody's products, those whose every service they also have by another
 * one. Services that are switched off count for neither side. Of two products that give the same, one is named.
 */
export function containedLookup(skus: readonly SkuState[]): (user: UserState) => Contained[] {
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  return (user) => {
    const plans = givenServicePlans(user, (skuId) => servicePlanIdsOf(skuId, live.get(skuId)));
    const found = new Map<string, string>();
    for (const [skuId, own] of plans) {
      if (own.size === 0) continue;
      for (const [other, theirs] of plans) {
        // One that is itself left over is not what the user would keep.
        if (other === skuId || found.has(other) || !own.isSubsetOf(theirs)) continue;
        found.set(skuId, other);
        break;
      }
    }
    return [...found].map(([skuId, inSkuId]) => ({ skuId, inSkuId }));
  };
}

/** Products of which one contains all services of another, as they are sold; whether somebody needs both is another matter. */
export function containedPairs(skus: readonly SkuState[]): Contained[] {
  const products = skus.map((sku) => ({
    skuId: sku.skuId,
    plans: new Set(servicePlanIdsOf(sku.skuId, sku).filter((servicePlanId) => servicePlanId !== FOUNDATION)),
  }));
  return products.flatMap(({ skuId, plans }) =>
    products
      .filter((other) => other.skuId !== skuId && plans.size > 0 && plans.isSubsetOf(other.plans))
      .map((other) => ({ skuId, inSkuId: other.skuId })),
  );
}

/** The services that each product gives, by any path: a service is on when one path has it on. */
function givenServicePlans(
  user: UserState,
  plansOf: (skuId: string) => readonly string[],
): Map<string, ReadonlySet<string>> {
  const given = new Map<string, Set<string>>();
  for (const assignment of user.assignments.filter(gives)) {
    const plans = given.get(assignment.skuId) ?? new Set();
    for (const servicePlanId of plansOf(assignment.skuId)) {
      if (servicePlanId !== FOUNDATION && !assignment.disabledPlans.includes(servicePlanId))
        plans.add(servicePlanId);
    }
    given.set(assignment.skuId, plans);
  }
  return given;
}
