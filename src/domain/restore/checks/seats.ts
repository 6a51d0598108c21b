import { freeSeats, type SkuState } from '../../license/sku.ts';

/**
 * The free seats of a tenant while a plan is made: the person who comes first gets one. A user needs one seat of a
 * product, by however many paths it comes. Products that were not read are not counted.
 */
export class SeatPool {
  readonly #free: Map<string, number>;
  readonly #claimed: Set<string>;
  readonly #short = new Map<string, number>();
  /** Who went without a seat of what: counted once, by however many paths they asked. */
  readonly #missed = new Set<string>();

  constructor(skus: readonly SkuState[]) {
    this.#free = new Map(skus.map((sku) => [sku.skuId, Math.max(0, freeSeats(sku))]));
    this.#claimed = new Set();
  }

  /** Takes a seat of each product for a user, or none. Returns the first product that has no seat left, or null. */
  claim(userId: string, skuIds: readonly string[]): string | null {
    const wanted = skuIds.filter((skuId) => !this.#claimed.has(`${userId} ${skuId}`));
    const missing = wanted.filter((skuId) => this.#left(skuId) === 0);
    for (const skuId of missing) {
      const key = `${userId} ${skuId}`;
      if (!this.#missed.has(key)) this.#miss(skuId, 1);
      this.#missed.add(key);
    }
    if (missing[0] !== undefined) return missing[0];
    for (const skuId of wanted) this.#take(userId, skuId);
    return null;
  }

  /**
   * Takes a seat of a product for all of these users, or for none: a group chooses by itself whom it gives the
   * last seats. Returns how many seats they need and how many there are, or null when they have them.
   */
  claimForAll(userIds: readonly string[], skuId: string): { needs: number; free: number } | null {
    const wanted = userIds.filter((userId) => !this.#claimed.has(`${userId} ${skuId}`));
    const free = this.#left(skuId);
    if (wanted.length > free) {
      this.#miss(skuId, wanted.length - free);
      return { needs: wanted.length, free };
    }
    for (const userId of wanted) this.#take(userId, skuId);
    return null;
  }

  /** Gives a user's seat back: something else is in the way. */
  release(userId: string, skuId: string): void {
    if (!this.#claimed.delete(`${userId} ${skuId}`)) return;
    const left = this.#free.get(skuId);
    if (left !== undefined) this.#free.set(skuId, left + 1);
  }

  /** How many seats of a product more would be needed for everybody who asked. */
  short(skuId: string): number {
    return this.#short.get(skuId) ?? 0;
  }

  /** The same seats, for a second look at who would get one: what was missing so far is forgotten. */
  whatIsLeft(): SeatPool {
    const rest = new SeatPool([]);
    for (const [skuId, free] of this.#free) rest.#free.set(skuId, free);
    for (const key of this.#claimed) rest.#claimed.add(key);
    return rest;
  }

  #left(skuId: string): number {
    return this.#free.get(skuId) ?? Number.POSITIVE_INFINITY;
  }

  #miss(skuId: string, seats: number): void {
    this.#short.set(skuId, this.short(skuId) + seats);
  }

  #take(userId: string, skuId: string): void {
    this.#claimed.add(`${userId} ${skuId}`);
    const left = this.#free.get(skuId);
    if (left !== undefined) this.#free.set(skuId, left - 1);
  }
}
