import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** Names and contents of products, by SKU id, and names of service plans, by plan id; ids are lower case. */
export type ProductTable = {
  skus: Record<string, { partNumber: string; name: string; plans: string[] }>;
  plans: Record<string, { name: string; friendlyName: string }>;
};

/**
 * What a file gives: Microsoft's table, or names that a customer chose by SKU id, part number, plan id or plan
 * name (lower case), and a sentence for each row that cannot be used.
 */
export type ParsedProducts = { table: ProductTable; names: Record<string, string>; problems: string[] };

/** How a file of names is given, for whoever has none or a wrong one. */
export const PRODUCT_NAMES_FORM =
  'a CSV file: either Microsoft’s “Product names and service plan identifiers for licensing.csv”, or the columns product and name: the product, or a service plan, by its id or part number';

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** A cell without the no-break spaces and blanks that some rows of Microsoft's list end in. */
const Cell = z
  .string()
  .optional()
  .transform((text) => (text ?? '').replaceAll('\u00a0', ' ').trim());
const Id = Cell.transform((text) => text.toLowerCase());

/** A row of Microsoft's list: one per SKU and service plan in it. */
const PublishedRow = z.object({
  Product_Display_Name: Cell,
  String_Id: Cell,
  GUID: Id,
  Service_Plan_Name: Cell,
  Service_Plan_Id: Id,
  Service_Plans_Included_Friendly_Names: Cell,
});
const NamedRow = z.object({ product: Id, name: Cell });

/** `info` and `record` of csv-parse, for one row. */
type Row = { info: { lines: number }; record: Record<string, string> };

/**
 * Reads names of products from Microsoft's published list or from a list of one's own. A row that cannot be used
 * is a problem with its line number and leaves the others in force. Never throws.
 * @param csv text in CSV, with a first line that names the columns
 */
export function parseProducts(csv: string): ParsedProducts {
  const parsed: ParsedProducts = {
    table: { skus: {}, plans: {} },
    names: Object.create(null) as Record<string, string>,
    problems: [],
  };
  let rows: Row[];
  try {
    rows = parse(csv, {
      bom: true,
      columns: (names: string[]) => names.map(columnName),
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as Row[];
  } catch (error) {
    parsed.problems.push(`It is no CSV: ${error instanceof Error ? error.message : String(error)}`);
    return parsed;
  }
  const [first] = rows;
  if (!first) parsed.problems.push(`It has no rows. I read ${PRODUCT_NAMES_FORM}.`);
  else if ('GUID' in first.record && 'Product_Display_Name' in first.record) addPublished(rows, parsed);
  else if ('product' in first.record && 'name' in first.record) addNamed(rows, parsed);
  else parsed.problems.push(`I do not know its columns. I read ${PRODUCT_NAMES_FORM}.`);
  return parsed;
}

/** Microsoft's columns keep their names (two copies of the list differ in blanks only); ours are lower case. */
function columnName(said: string): string {
  const name = said.replaceAll('\u00a0', ' ').trim().replaceAll(' ', '_');
  return Object.hasOwn(PublishedRow.shape, name) ? name : name.toLowerCase();
}

function addPublished(rows: readonly Row[], { table, problems }: ParsedProducts): void {
  for (const { info, record } of rows) {
    const row = PublishedRow.parse(record);
    if (!GUID.test(row.GUID) || row.Product_Display_Name === '') {
      problems.push(`Line ${info.lines} names no product by a GUID.`);
      continue;
    }
    // Three products stand under two names: the first one holds.
    table.skus[row.GUID] ??= { partNumber: row.String_Id, name: row.Product_Display_Name, plans: [] };
    if (row.Service_Plan_Id === '') continue;
    if (!GUID.test(row.Service_Plan_Id)) {
      problems.push(`Line ${info.lines} names a service plan without a GUID.`);
      continue;
    }
    const plans = table.skus[row.GUID]?.plans;
    if (plans && !plans.includes(row.Service_Plan_Id)) plans.push(row.Service_Plan_Id);
    table.plans[row.Service_Plan_Id] ??= {
      name: row.Service_Plan_Name,
      friendlyName: row.Service_Plans_Included_Friendly_Names,
    };
  }
}

function addNamed(rows: readonly Row[], { names, problems }: ParsedProducts): void {
  for (const { info, record } of rows) {
    const { product, name } = NamedRow.parse(record);
    if (product === '') problems.push(`Line ${info.lines} names no product.`);
    else if (name === '') problems.push(`Line ${info.lines} gives “${product}” no name.`);
    else names[product] = name;
  }
}
