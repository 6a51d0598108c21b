import { listed } from '../../domain/english.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import { type Names, namesIn } from './names.ts';

/** What names a product without doubt in the next sentence: its part number; none when several are asked about. */
export function productsFor(skuIds: readonly string[], tenant: TenantState): string[] {
  const [only] = skuIds;
  if (only === undefined || skuIds.length > 1) return [];
  return [tenant.skus.find(({ skuId }) => skuId === only)?.partNumber ?? namesIn(tenant).product(only)];
}

/** "both Microsoft 365 E3 and Visio Plan 2": a name may fit several products. */
export const togetherText = (together: readonly (readonly string[])[], names: Names): string =>
  `both ${together.map((skuIds) => listed(skuIds.map(names.product), 'or')).join(' and ')}`;
