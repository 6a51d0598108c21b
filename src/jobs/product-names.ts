import { productName } from '../domain/license/catalogue.ts';
import type { JobContext } from './context.ts';

/** What products are called in this tenant. */
export async function productNames({ store }: JobContext): Promise<(skuId: string) => string> {
  const { skus } = await store.users.tenant();
  const partNumbers = new Map(skus.map((sku) => [sku.skuId, sku.partNumber]));
  return (skuId) => productName(skuId, partNumbers.get(skuId));
}
