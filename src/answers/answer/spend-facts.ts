import type { PriceList } from '../../domain/spend/price-list.ts';

/** What people told us about licenses and money; nothing of it can be read from the tenant. */
export type SpendFacts = {
  /** What the customer pays; null when nobody gave a list. */
  prices(): Promise<PriceList | null>;
  /** Accounts whose licenses are never offered: object ids and user principal names, lower case. */
  excluded: ReadonlySet<string>;
};

/** Nobody has told us anything. */
export const NOTHING_TOLD: SpendFacts = { prices: async () => null, excluded: new Set() };
