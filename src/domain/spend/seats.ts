import { assignableSeats, type SkuState, type SubscriptionState } from '../license/sku.ts';
import { isForUsers } from './product-kind.ts';

/** The seats of a product; all of its subscriptions added up. */
export type Seats = {
  /** Bought and running. Neither trials nor what has expired, was suspended or cancelled: nobody pays for those. */
  paid: number;
  /** In trials that run. */
  trial: number;
  assigned: number;
  /** Paid for, and assigned to nobody. */
  unassigned: number;
};

/** The seats of a product, from the tenant's totals and the subscriptions behind them. */
export function seatsOf(sku: SkuState, subscriptions: readonly SubscriptionState[]): Seats {
  const inTrials = subscriptions
    .filter(({ skuId, isTrial, status }) => skuId === sku.skuId && isTrial && status === 'Enabled')
    .reduce((sum, { totalLicenses }) => sum + totalLicenses, 0);
  const trial = Math.min(inTrials, sku.enabled);
  const paid = sku.enabled - trial;
  const free = Math.max(0, assignableSeats(sku) - sku.consumed);
  return { paid, trial, assigned: sku.consumed, unassigned: isForUsers(sku) ? Math.min(paid, free) : 0 };
}
