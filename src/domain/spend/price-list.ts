import { z } from 'zod';
import { type CsvRow, csvRows } from '../csv-rows.ts';
import { listed } from '../english.ts';
import { plural } from '../numerals.ts';

/** What the customer pays for one seat in one month. `currency` is an ISO 4217 code. */
export type Price = { amount: number; currency: string };

/** A price as the customer wrote it: the product by part number, SKU id or name. `where` is "line 3". */
export type PriceLine = { where: string; product: string; price: Price };

/** Where a price stands that somebody said in chat. */
export const IN_CHAT = 'chat';

/** The lines that can be used, and a sentence for each that cannot. */
export type PriceList = { lines: PriceLine[]; problems: string[] };

const AMOUNT = 'the price must be a number such as 12.50, without a currency sign';
const Amount = z
  .union([z.number(), z.string()], AMOUNT)
  .transform((amount) => String(amount).trim())
  .refine((text) => /^\d{1,9}([.,]\d{1,6})?$/.test(text), AMOUNT)
  .transform((text) => Number(text.replace(',', '.')));

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const CURRENCY = 'the currency must be an ISO code such as EUR or USD';
const Currency = z
  .string(CURRENCY)
  .transform((code) => code.trim().toUpperCase())
  .refine((code) => CURRENCIES.has(code), CURRENCY);

const PRODUCT = 'the product is missing';
const Line = z.object({
  product: z.string(PRODUCT).trim().min(1, PRODUCT),
  price: Amount,
  currency: Currency,
});

type Column = keyof z.infer<typeof Line>;

/** What people call the columns, without case, spaces and signs. */
const COLUMN_NAMES: Readonly<Record<Column, ReadonlySet<string>>> = {
  product: new Set(['product', 'productname', 'partnumber', 'skupartnumber', 'sku', 'skuid', 'license']),
  price: new Set(['price', 'monthlyprice', 'pricepermonth', 'priceperseat', 'priceperseatandmonth']),
  currency: new Set(['currency', 'currencycode']),
};
const COLUMNS = Object.keys(COLUMN_NAMES) as readonly Column[];

/** How a list is given, for whoever has none or a wrong one. */
export const PRICE_LIST_FORM =
  'a CSV file with the columns product, price and currency: the product by part number or name, the price of one seat for one month';

/**
 * Reads a price list: CSV with a first line that names the columns, or a JSON array of objects with the same
 * names. A line that cannot be used is told with its number and leaves the others in force. Never throws.
 */
export function parsePriceList(text: string): PriceList {
  return /^\s*[[{]/.test(text.replace(/^\uFEFF/, '')) ? parseJson(text) : parseCsv(text);
}

function parseJson(text: string): PriceList {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { lines: [], problems: ['The file is no JSON.'] };
  }
  if (!Array.isArray(value)) return { lines: [], problems: ['The JSON must be a list of prices.'] };
  return gather(value.map((entry, index) => ({ where: `entry ${index + 1}`, entry })));
}

function parseCsv(text: string): PriceList {
  let all: CsvRow[];
  try {
    all = csvRows(text);
  } catch (error) {
    return { lines: [], problems: [`The file is no CSV: ${error instanceof Error ? error.message : error}`] };
  }
  const [header, ...rows] = all;
  const names = (header?.cells ?? []).map((cell) => cell.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const places = COLUMNS.map((column) => ({
    column,
    place: names.findIndex((name) => COLUMN_NAMES[column].has(name)),
  }));
  const missing = places.filter(({ place }) => place < 0).map(({ column }) => column);
  if (missing.length > 0) {
    return {
      lines: [],
      problems: [
        `The first line must name the columns; ${listed(missing)} ${plural(missing.length, 'is', 'are')} missing.`,
      ],
    };
  }
  return gather(
    rows.map(({ line, cells }) => ({
      where: `line ${line}`,
      entry: Object.fromEntries(places.map(({ column, place }) => [column, cells[place] ?? ''])),
    })),
  );
}

function gather(entries: readonly { where: string; entry: unknown }[]): PriceList {
  const list: PriceList = { lines: [], problems: [] };
  for (const { where, entry } of entries) {
    const parsed = Line.safeParse(entry);
    if (parsed.success) {
      const { product, price, currency } = parsed.data;
      list.lines.push({ where, product, price: { amount: price, currency } });
    } else {
      const [issue] = parsed.error.issues;
      list.problems.push(`${where}: ${issue?.path.length ? issue.message : 'it must be an object'}.`);
    }
  }
  return list;
}
