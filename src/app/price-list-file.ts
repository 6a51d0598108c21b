import { readFile, stat } from 'node:fs/promises';
import type { SpendFacts } from '../answers/answer/spend-facts.ts';
import type { SpendConfig } from '../config/spend.ts';
import { type PriceLine, type PriceList, parsePriceList } from '../domain/spend/price-list.ts';

/** A list of all products that Microsoft has is a tenth of this. */
const MAX_BYTES = 1024 * 1024;

/**
 * What the settings tell answers about licenses and money.
 * @param inChat prices that somebody said in chat; those of the file win
 */
export const spendFacts = (
  { priceList, excludedAccounts }: SpendConfig,
  inChat: readonly PriceLine[] = [],
): SpendFacts => ({
  async prices() {
    const list = await readPriceList(priceList);
    return inChat.length === 0 ? list : withChat(list ?? { lines: [], problems: [] }, inChat);
  },
  excluded: excludedAccounts,
});

/**
 * Reads the customer's price list, again each time: anybody who corrects it need not restart anything. Null when there
 * is none; a file that cannot be read is a problem of the list. Never throws.
 * @param path it is not told, as the person who asks in a chat need not know it
 */
async function readPriceList(path: string | null): Promise<PriceList | null> {
  if (path === null) return null;
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) return unusable('is larger than 1 MB');
    return parsePriceList(await readFile(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    return unusable(`cannot be read (${code})`);
  }
}

/** The first line of a product counts, so that what people said stands after the file. */
const withChat = (list: PriceList, inChat: readonly PriceLine[]): PriceList => ({
  ...list,
  lines: [...list.lines, ...inChat],
});

const unusable = (why: string): PriceList => ({
  lines: [],
  problems: [`The file that PRICE_LIST names ${why}.`],
});
