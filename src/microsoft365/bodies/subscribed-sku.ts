import { z } from 'zod';
import { publishedPlanName } from '../../domain/license/catalogue.ts';
import type { SkuState } from '../../domain/license/sku.ts';
import { lowerCase, sortedLowerCase } from './normal-form.ts';

const units = z.number().nullish();

/** Microsoft Graph `subscribedSku`, as far as we use it. */
export const GraphSubscribedSku = z.object({
  skuId: z.string(),
  skuPartNumber: z.string(),
  appliesTo: z.string().nullish(),
  capabilityStatus: z.string(),
  consumedUnits: z.number(),
  prepaidUnits: z.object({ enabled: units, warning: units, suspended: units, lockedOut: units }),
  servicePlans: z
    .array(z.object({ servicePlanId: z.string(), servicePlanName: z.string().nullish() }))
    .nullish(),
  subscriptionIds: z.array(z.string()).nullish(),
});
export type GraphSubscribedSku = z.infer<typeof GraphSubscribedSku>;

/** Takes a checked Graph body and returns the SKU as we keep it; a count that is not there is 0. */
export const toSkuState = (sku: GraphSubscribedSku): SkuState => ({
  skuId: lowerCase(sku.skuId),
  partNumber: sku.skuPartNumber,
  appliesTo: sku.appliesTo ?? 'User',
  capabilityStatus: sku.capabilityStatus,
  consumed: sku.consumedUnits,
  enabled: sku.prepaidUnits.enabled ?? 0,
  warning: sku.prepaidUnits.warning ?? 0,
  suspended: sku.prepaidUnits.suspended ?? 0,
  lockedOut: sku.prepaidUnits.lockedOut ?? 0,
  planIds: sortedLowerCase(sku.servicePlans?.map((plan) => plan.servicePlanId)),
  ...unknownNames(sku.servicePlans ?? []),
  subscriptionIds: sortedLowerCase(sku.subscriptionIds),
});

/** What plans are called that came to Microsoft's table later than to its products. */
function unknownNames(plans: NonNullable<GraphSubscribedSku['servicePlans']>): Pick<SkuState, 'planNames'> {
  const names = plans.flatMap(({ servicePlanId, servicePlanName }) =>
    servicePlanName && publishedPlanName(servicePlanId) === null
      ? [[lowerCase(servicePlanId), servicePlanName] as const]
      : [],
  );
  return names.length === 0 ? {} : { planNames: Object.fromEntries(names) };
}
