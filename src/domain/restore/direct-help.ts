import type { LicenseGrant } from '../license/license-grant.ts';
import { DIRECT } from '../license/user-state.ts';
import { isOfGroup } from './checks/problem.ts';
import type { Draft, Remedy } from './draft.ts';

/**
 * What could be assigned directly because a group is in the way: the products that come back by no other path,
 * with the service plans that the groups left on. It will not follow the group.
 * @param taken what comes back as it was
 */
export function directRemedies(draft: Draft, taken: readonly Remedy[]): Remedy[] {
  const comes = new Set([
    ...draft.held,
    ...draft.stays.map(({ skuId }) => skuId),
    ...taken.flatMap(({ wanted }) => wanted),
  ]);
  const stopped = new Set(draft.problems.filter(isOfGroup).flatMap(({ skuIds }) => skuIds));
  return [...stopped]
    .filter((skuId) => !comes.has(skuId))
    .sort()
    .flatMap((skuId) => {
      const gives = grantOf(draft, skuId);
      return gives
        ? [{ by: 'direct', groupId: null, wanted: [skuId], gives: [gives], now: null } as const]
        : [];
    })
    .map((remedy) => ({ ...remedy, wanted: [...remedy.wanted], gives: [...remedy.gives] }));
}

/** A plan was on if any of the groups had it on. */
function grantOf({ loss }: Draft, skuId: string): LicenseGrant | null {
  const paths = loss.paths.filter((path) => path.skuId === skuId && path.path !== DIRECT);
  const [first, ...others] = paths;
  if (!first) return null;
  const disabledPlans = first.disabledPlans.filter((servicePlanId) =>
    others.every((path) => path.disabledPlans.includes(servicePlanId)),
  );
  return { skuId, disabledPlans: disabledPlans.toSorted() };
}
