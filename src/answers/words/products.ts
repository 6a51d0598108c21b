import type { TenantState } from '../../domain/license/sku.ts';
import { namesIn } from './names.ts';

/** What names a product without doubt in the next sentence: its part number; none when several are asked about. */
export function productsFor(skuIds: readonly string[], tenant: TenantState): string[] {
  const [only] = skuIds;
  if (only === undefined || skuIds.length > 1) return [];
  return [tenant.skus.find(({ skuId }) => skuId === only)?.partNumber ?? namesIn(tenant).product(only)];
}
