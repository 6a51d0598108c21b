import { z } from 'zod';
import type { SubscriptionState } from '../../domain/license/sku.ts';
import { Instant } from './instant.ts';
import { lowerCase } from './normal-form.ts';

/** Microsoft Graph `companySubscription`, as far as we use it. */
export const GraphCompanySubscription = z.object({
  id: z.string(),
  commerceSubscriptionId: z.string().nullish(),
  skuId: z.string(),
  skuPartNumber: z.string().nullish(),
  status: z.string(),
  totalLicenses: z.number().nullish(),
  isTrial: z.boolean().nullish(),
  nextLifecycleDateTime: Instant.nullish(),
  ownerTenantId: z.string().nullish(),
});
export type GraphCompanySubscription = z.infer<typeof GraphCompanySubscription>;

const lowerCaseOrNull = (id: string | null | undefined): string | null => (id ? lowerCase(id) : null);

/** Takes a checked Graph body and returns the subscription as we keep it. */
export const toSubscriptionState = (subscription: GraphCompanySubscription): SubscriptionState => ({
  id: lowerCase(subscription.id),
  commerceSubscriptionId: lowerCaseOrNull(subscription.commerceSubscriptionId),
  skuId: lowerCase(subscription.skuId),
  partNumber: subscription.skuPartNumber ?? null,
  status: subscription.status,
  totalLicenses: subscription.totalLicenses ?? 0,
  isTrial: subscription.isTrial ?? false,
  nextLifecycleAt: subscription.nextLifecycleDateTime ?? null,
  ownerTenantId: lowerCaseOrNull(subscription.ownerTenantId),
});
