import { productName, skuIdOfPartNumber } from '../license/catalogue.ts';
import type { SkuState } from '../license/sku.ts';
import { IN_CHAT, type Price, type PriceList } from './price-list.ts';

/** What the products of a tenant cost, and a sentence for each line of the list that cannot be used. */
export type ProductPrices = { bySku: ReadonlyMap<string, Price>; problems: string[] };

const folded = (text: string): string => text.trim().toLowerCase();

/**
 * Finds the product of each line: by SKU id, part number, or the name that people know it by. A part
 * number of Microsoft's that the tenant does not have is no mistake; a name that fits nothing, and a second price, is.
 */
export function productPrices(list: PriceList, skus: readonly SkuState[]): ProductPrices {
  const known = new Map<string, string>();
  for (const { skuId, partNumber } of skus) {
    for (const name of [productName(skuId, partNumber), partNumber, skuId]) known.set(folded(name), skuId);
  }
  const bySku = new Map<string, Price>();
  const problems = [...list.problems];
  for (const { where, product, price } of list.lines) {
    const skuId = known.get(folded(product)) ?? null;
    if (skuId === null) {
      if (!isSoldElsewhere(product)) problems.push(`${where}: the tenant has no product “${product}”.`);
    } else if (bySku.has(skuId)) {
      // The file says more than the chat, so that its price is no mistake.
      if (where !== IN_CHAT) problems.push(`${where}: ${product} has a price already.`);
    } else bySku.set(skuId, price);
  }
  return { bySku, problems };
}

/** Whether it is a part number or an id that Microsoft uses for somebody else: a list may serve several tenants. */
const isSoldElsewhere = (product: string): boolean =>
  skuIdOfPartNumber(product) !== null || productName(folded(product)) !== folded(product);
