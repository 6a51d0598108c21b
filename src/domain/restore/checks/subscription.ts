import { isDead } from '../../license/diff-tenant.ts';
import type { TenantState } from '../../license/sku.ts';

/** Looks up whether products can be assigned at all: whether the tenant owns them, and their subscription lives. */
export function subscriptionCheck({
  skus,
}: TenantState): (skuId: string) => 'not-owned' | 'subscription-ended' | null {
  const bySku = new Map(skus.map((sku) => [sku.skuId, sku]));
  return (skuId) => {
    // A tenant without any product was not read: it tells nothing.
    if (skus.length === 0) return null;
    const sku = bySku.get(skuId);
    if (!sku) return 'not-owned';
    return isDead(sku) ? 'subscription-ended' : null;
  };
}
