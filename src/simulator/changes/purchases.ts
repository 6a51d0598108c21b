import { DAY_MS } from '../durations.ts';
import type { CapabilityStatus, Subscription } from '../tenant/stock.ts';
import type { Tenant } from '../tenant/tenant.ts';

const GRACE_MS = 30 * DAY_MS;

/**
 * Moves a SKU's subscriptions to another status. There is no audit record for it: only `subscribedSkus` and
 * `directory/subscriptions` show it.
 */
export function setSubscriptionStatus(
  tenant: Tenant,
  skuId: string,
  status: CapabilityStatus,
  at: number,
): void {
  for (const subscription of tenant.stock.subscriptions(skuId)) {
    subscription.status = status;
    subscription.nextLifecycleAt = status === 'Deleted' ? null : at + GRACE_MS;
  }
}

/** Changes how many seats the first subscription of a SKU has; no audit record either. */
export function setSeats(tenant: Tenant, skuId: string, seats: number): Subscription | null {
  const [subscription] = tenant.stock.subscriptions(skuId);
  if (!subscription) return null;
  subscription.seats = seats;
  return subscription;
}
