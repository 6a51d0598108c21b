import { z } from 'zod';
import type { Settings } from './settings.ts';
import { Guid, Text } from './values.ts';

export type SpendConfig = {
  /** Path of the file with what the customer pays; null when nobody gave one. */
  priceList: string | null;
  /** Path of a file with newer or other names of products; null when nobody gave one. */
  productNames: string | null;
  /** Accounts whose licenses are never offered: object ids and user principal names, lower case. */
  excludedAccounts: ReadonlySet<string>;
};

const ACCOUNTS = 'object ids or user principal names, with commas between them';
const Accounts = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
  .refine(
    (names) => names.every((name) => Guid.safeParse(name).success || z.email().safeParse(name).success),
    ACCOUNTS,
  )
  .transform((names): ReadonlySet<string> => new Set(names));

const NOBODY: ReadonlySet<string> = new Set();

/** Reads what answers about unused licenses and cost need to know from people. */
export const readSpend = (settings: Settings): SpendConfig => ({
  priceList: settings.read<string | null>('PRICE_LIST', Text, null),
  productNames: settings.read<string | null>('PRODUCT_NAMES', Text, null),
  excludedAccounts: settings.read('SPARED_ACCOUNTS', Accounts, NOBODY),
});
