import { publishedPlanName, servicePlanIdsOf } from '../../license/catalogue.ts';
import type { DetectedChange } from '../../license/change.ts';
import { heldPlans } from '../../license/held-plans.ts';
import { givesService } from '../../license/plan-services.ts';

/** What somebody cannot work without. */
export const CORE_SERVICES = ['Exchange Online', 'Teams', 'SharePoint', 'Microsoft 365 Apps'] as const;

/** The plan by which a user's records are kept for longer, and tell more. */
const ADVANCED_AUDITING = 'M365_ADVANCED_AUDITING';

/** What a change took inside a license that stays: core services by their names, and advanced auditing. */
export type PlansOff = { services: string[]; advancedAuditing: boolean };

/** Of a swap, what the new product does not have was not switched off; but nobody's auditing goes by the way. */
const KINDS: ReadonlySet<DetectedChange['kind']> = new Set(['plans-changed', 'path-changed', 'swap']);

/** Plans that were on by some path before the change, and are on by none after it; null where none is that matters. */
export function plansOffIn(change: DetectedChange): PlansOff | null {
  if (!KINDS.has(change.kind)) return null;
  const skuIds = [...new Set([...change.before, ...change.after].map(({ skuId }) => skuId))];
  const plans = new Map(
    skuIds.map((skuId) => [
      skuId,
      servicePlanIdsOf(
        skuId,
        [change.skuBefore, change.skuAfter].find((sku) => sku?.skuId === skuId),
      ),
    ]),
  );
  const on = (assignments: DetectedChange['before']): Set<string> =>
    new Set(
      heldPlans({ assignments }, plans)
        .filter((plan) => plan.on)
        .map(({ planId }) => publishedPlanName(planId) ?? planId),
    );
  const off = [...on(change.before).difference(on(change.after))];
  const services =
    change.kind === 'swap'
      ? []
      : CORE_SERVICES.filter((service) => off.some((plan) => givesService(service, plan)));
  const advancedAuditing = off.includes(ADVANCED_AUDITING);
  return services.length === 0 && !advancedAuditing ? null : { services, advancedAuditing };
}
