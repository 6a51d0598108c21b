import { z } from 'zod';
import { lowerCase, sortedLowerCase } from './normal-form.ts';

/** Microsoft Graph `assignedLicense`, on users and groups. */
export const GraphAssignedLicense = z.object({
  skuId: z.string(),
  disabledPlans: z.array(z.string()).nullish(),
});
export type GraphAssignedLicense = z.infer<typeof GraphAssignedLicense>;

/** Takes a checked body and returns it in our form: ids lower case, plans sorted. */
export const toAssignedLicense = (
  license: GraphAssignedLicense,
): { skuId: string; disabledPlans: string[] } => ({
  skuId: lowerCase(license.skuId),
  disabledPlans: sortedLowerCase(license.disabledPlans),
});
