import type { SubscriptionState } from '../../../src/domain/license/sku.ts';

/** A running subscription of ten seats of Microsoft 365 E3 whose term ends on 5 December 2026, unless told otherwise. */
export const aSubscription = (over: Partial<SubscriptionState> = {}): SubscriptionState => ({
  id: 'subscription-1',
  commerceSubscriptionId: null,
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  partNumber: 'SPE_E3',
  status: 'Enabled',
  totalLicenses: 10,
  isTrial: false,
  nextLifecycleAt: Date.UTC(2026, 11, 5),
  ownerTenantId: null,
  ...over,
});
