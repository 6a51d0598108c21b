import type { SkuState } from '../../../src/domain/license/sku.ts';

/** Microsoft 365 E3 with 10 seats, 8 used, unless told otherwise. */
export const aSkuState = (over: Partial<SkuState> = {}): SkuState => ({
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  partNumber: 'SPE_E3',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumed: 8,
  enabled: 10,
  warning: 0,
  suspended: 0,
  lockedOut: 0,
  planIds: [],
  subscriptionIds: [],
  ...over,
});
