import type { TenantState } from '../license/sku.ts';
import { heldSkus, type UserState } from '../license/user-state.ts';
import type { Price } from './price-list.ts';
import { canBeWasted } from './product-kind.ts';
import { type Seats, seatsOf } from './seats.ts';

/** A product's seats and price. `unused`: assigned, but they look unused; null when that is not known. */
export type ProductCost = { skuId: string; seats: Seats; unused: number | null; price: Price | null };

/** Money by currency: sums of different ones are never added. */
export type Money = ReadonlyMap<string, number>;

/**
 * What each product costs. Free products and those of the whole tenant count only where the customer gave them a
 * price, and those without a seat or a user not at all.
 * @param unused how many licenses of a product look unused; null when nobody knows
 */
export function productCosts(
  tenant: TenantState,
  prices: ReadonlyMap<string, Price>,
  unused: ((skuId: string) => number) | null,
): ProductCost[] {
  return tenant.skus.flatMap((sku) => {
    const price = prices.get(sku.skuId) ?? null;
    const seats = seatsOf(sku, tenant.subscriptions);
    if (price === null && !canBeWasted(sku)) return [];
    if (seats.paid + seats.trial + seats.assigned === 0) return [];
    return { skuId: sku.skuId, seats, unused: canBeWasted(sku) ? (unused?.(sku.skuId) ?? null) : 0, price };
  });
}

/** What the product costs in a month, in the currency of its price; null without a price. */
export const monthlyCost = ({ seats, price }: ProductCost): number | null =>
  price === null ? null : seats.paid * price.amount;

/** Seats that are paid for and that nobody uses: assigned to nobody, or to somebody who looks gone. */
export const idleSeats = ({ seats, unused }: ProductCost): number =>
  Math.min(seats.paid, seats.unassigned + (unused ?? 0));

/** What of it is paid for seats that nobody uses. */
export const idleCost = (cost: ProductCost): number | null =>
  cost.price === null ? null : idleSeats(cost) * cost.price.amount;

/** Adds up what products cost, by currency. */
export function totalOf(
  costs: readonly ProductCost[],
  amountOf: (cost: ProductCost) => number | null,
): Money {
  const total = new Map<string, number>();
  for (const cost of costs) {
    const amount = amountOf(cost);
    if (cost.price === null || amount === null) continue;
    total.set(cost.price.currency, (total.get(cost.price.currency) ?? 0) + amount);
  }
  return total;
}

/** The licenses of the users of one department, and what they cost in a month. */
export type DepartmentCost = { users: number; licenses: number; money: Map<string, number> };

/** Adds the licenses of one user to the costs of their department; `null` is the key of whoever has none. */
export function addToDepartment(
  departments: Map<string | null, DepartmentCost>,
  user: UserState,
  prices: ReadonlyMap<string, Price>,
): void {
  const priced = [...heldSkus(user)].flatMap((skuId) => prices.get(skuId) ?? []);
  if (priced.length === 0) return;
  const key = user.department?.trim() || null;
  const cost = departments.get(key) ?? { users: 0, licenses: 0, money: new Map() };
  cost.users++;
  cost.licenses += priced.length;
  for (const { amount, currency } of priced) {
    cost.money.set(currency, (cost.money.get(currency) ?? 0) + amount);
  }
  departments.set(key, cost);
}
