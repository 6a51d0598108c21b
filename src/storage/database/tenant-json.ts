import { z } from 'zod';
import type * as domain from '../../domain/license/sku.ts';

export const SkuState: z.ZodType<domain.SkuState> = z.object({
  skuId: z.string(),
  partNumber: z.string(),
  appliesTo: z.string(),
  capabilityStatus: z.string(),
  consumed: z.number(),
  enabled: z.number(),
  warning: z.number(),
  suspended: z.number(),
  lockedOut: z.number(),
  planIds: z.array(z.string()),
  planNames: z.record(z.string(), z.string()).exactOptional(),
  subscriptionIds: z.array(z.string()),
});

const SubscriptionState: z.ZodType<domain.SubscriptionState> = z.object({
  id: z.string(),
  commerceSubscriptionId: z.string().nullable(),
  skuId: z.string(),
  partNumber: z.string().nullable(),
  status: z.string(),
  totalLicenses: z.number(),
  isTrial: z.boolean(),
  nextLifecycleAt: z.number().nullable(),
  ownerTenantId: z.string().nullable(),
});

const LicensedGroup: z.ZodType<domain.LicensedGroup> = z.object({
  id: z.string(),
  displayName: z.string(),
  membershipRule: z.string().nullable(),
  dynamic: z.boolean(),
  onPremisesSyncEnabled: z.boolean().nullable(),
  mailEnabled: z.boolean(),
  roleAssignable: z.boolean(),
  assignedLicenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) })),
});

/** What was read beside the users, as `watch_state.tenant` holds it. */
export const TenantState: z.ZodType<domain.TenantState> = z.object({
  skus: z.array(SkuState),
  subscriptions: z.array(SubscriptionState),
  groups: z.array(LicensedGroup),
});
