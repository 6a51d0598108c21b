/**
 * Names and contents of Microsoft's products, from the table that ships with us (Microsoft, "Product names and
 * service plan identifiers for licensing"). The table changes monthly, so what the tenant itself says wins
 * wherever it is known.
 */
import shipped from './product-names.json' with { type: 'json' };
import type { ParsedProducts, ProductTable } from './product-table.ts';
import type { SkuState } from './sku.ts';

type Product = ProductTable['skus'][string];
type ServicePlan = ProductTable['plans'][string];

let products: Readonly<ProductTable> = shipped;
let chosenNames: Readonly<Record<string, string>> = {};
let namesInChat: Readonly<Record<string, string>> = {};
let version = 0;
let idsByPartNumber: Map<string, string> | undefined;
let idsByServicePlanName: Map<string, string> | undefined;

/**
 * Adds a newer table, or names that the customer chose, to what ships with us; they win. Called once, when the
 * process starts, before anything is named: the names of products are the same for everybody in it.
 */
export function extendCatalogue({ table, names }: Pick<ParsedProducts, 'table' | 'names'>): void {
  products = {
    skus: { ...products.skus, ...table.skus },
    plans: { ...products.plans, ...table.plans },
  };
  chosenNames = { ...chosenNames, ...names };
  idsByPartNumber = undefined;
  idsByServicePlanName = undefined;
}

/** Takes these names, by part number or id, for what people said in chat; those of the customer's file win. */
export function nameProducts(names: Readonly<Record<string, string>>): void {
  if (JSON.stringify(names) === JSON.stringify(namesInChat)) return;
  namesInChat = names;
  version++;
}

/** Another number whenever products got other names. */
export const namesVersion = (): number => version;

const keyOf = (text: string): string => text.trim().toLowerCase();

const entryOf = <Value>(from: Readonly<Record<string, Value>>, text: string): Value | undefined => {
  const key = keyOf(text);
  return Object.hasOwn(from, key) ? from[key] : undefined;
};

const productById = (skuId: string): Product | undefined => entryOf(products.skus, skuId);

const servicePlanById = (servicePlanId: string): ServicePlan | undefined =>
  entryOf(products.plans, servicePlanId);

/** The SKU id of a part number (`SPE_E3`, in any case), or null when the table does not know it. */
export function skuIdOfPartNumber(partNumber: string): string | null {
  idsByPartNumber ??= new Map(
    Object.entries(products.skus).map(([skuId, product]) => [product.partNumber.trim().toLowerCase(), skuId]),
  );
  return idsByPartNumber.get(partNumber.trim().toLowerCase()) ?? null;
}

/**
 * What people call the product: as the customer chose, else by its id, else by its part number, else the part
 * number or id itself.
 */
export function productName(skuId: string, partNumber?: string | null): string {
  const part = partNumber || (productById(skuId)?.partNumber ?? '');
  const chosen = [chosenNames, namesInChat]
    .map((names) => entryOf(names, skuId) ?? entryOf(names, part))
    .find((name) => name !== undefined);
  if (chosen !== undefined) return chosen;
  const byId = productById(skuId);
  if (byId) return byId.name;
  if (!partNumber) return skuId;
  const otherId = skuIdOfPartNumber(partNumber);
  return (otherId === null ? undefined : productById(otherId)?.name) ?? partNumber;
}

/** What people call the service plan, by its id; the id itself when the table does not know it. */
export const servicePlanName = (servicePlanId: string): string => {
  const plan = servicePlanById(servicePlanId);
  const chosen = entryOf(chosenNames, servicePlanId) ?? entryOf(chosenNames, plan?.name ?? '');
  if (chosen !== undefined) return chosen;
  return plan ? plan.friendlyName || plan.name : servicePlanId;
};

/** A service plan's own name in Microsoft's table (`TEAMS1`); null when the table does not know it. */
export const publishedPlanName = (servicePlanId: string): string | null =>
  servicePlanById(servicePlanId)?.name ?? null;

/** The id of a service plan that a log names by id or by name (`TEAMS1`), or null when the table does not know the name. */
export function servicePlanIdOf(idOrName: string): string | null {
  if (servicePlanById(idOrName)) return idOrName.trim().toLowerCase();
  idsByServicePlanName ??= new Map(
    Object.entries(products.plans).map(([servicePlanId, plan]) => [
      plan.name.trim().toLowerCase(),
      servicePlanId,
    ]),
  );
  return idsByServicePlanName.get(idOrName.trim().toLowerCase()) ?? null;
}

/** The service plans in a product. The tenant's own list wins; an empty one tells nothing and falls back to the table. */
export function servicePlanIdsOf(skuId: string, live?: SkuState | null): readonly string[] {
  if (live && live.planIds.length > 0) return live.planIds;
  return productById(skuId)?.plans ?? [];
}

/**
 * How much two sets of service plans are one product in another size: the shared service plans as a part of the smaller set,
 * from 0 to 1. Above one half, one of the two contains most of the other. A set without service plans fits nothing.
 */
export function servicePlanOverlap(a: readonly string[], b: readonly string[]): number {
  const smaller = a.length <= b.length ? a : b;
  if (smaller.length === 0) return 0;
  const larger = new Set(smaller === a ? b : a);
  return smaller.filter((servicePlanId) => larger.has(servicePlanId)).length / smaller.length;
}
