/**
 * Makes `src/domain/license/product-names.json` again from Microsoft's published list, "Product names and service
 * plan identifiers for licensing.csv": `node scripts/update-product-names.ts <file.csv> --as-of 2026-11-30`.
 * The list is downloaded by hand from Microsoft's page of the same name. Refuses a list that lost products.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readNamesFile } from '../src/app/product-names-file.ts';
import { type ProductTable, parseProducts } from '../src/domain/license/product-table.ts';

const TABLE = fileURLToPath(new URL('../src/domain/license/product-names.json', import.meta.url));
/** A shorter list than this share of today's was cut off on its way. */
const MIN_SHARE = 0.9;

/** The table as it is kept: sorted by id, a value a line, so that a change of one name is a change of one line. */
export function tableText({ skus, plans }: ProductTable, asOf: string): string {
  const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const source = `Microsoft, "Product names and service plan identifiers for licensing", as of ${asOf}`;
  const text = JSON.stringify({ source, skus: sorted(skus), plans: sorted(plans) }, null, 1);
  return `${text.replaceAll(/^ +/gm, '')}\n`;
}

/** Why a new table must not replace the old one, or null. */
export function refusal(before: ProductTable, after: ProductTable): string | null {
  for (const part of ['skus', 'plans'] as const) {
    const [was, is] = [Object.keys(before[part]).length, Object.keys(after[part]).length];
    if (is < was * MIN_SHARE) return `The list has ${is} ${part}, today's has ${was}: it is not whole.`;
  }
  return null;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'as-of': { type: 'string' } },
  });
  const [file] = positionals;
  const asOf = values['as-of'];
  if (file === undefined || asOf === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) {
    console.error('Usage: node scripts/update-product-names.ts <file.csv> --as-of <YYYY-MM-DD>');
    return 2;
  }
  const { table, problems } = parseProducts(await readNamesFile(file));
  for (const problem of problems) console.error(problem);
  const why = refusal(JSON.parse(readFileSync(TABLE, 'utf8')) as ProductTable, table);
  if (why !== null) {
    console.error(why);
    return 1;
  }
  writeFileSync(TABLE, tableText(table, asOf));
  console.error(
    `${Object.keys(table.skus).length} products, ${Object.keys(table.plans).length} service plans.`,
  );
  return 0;
}

if (import.meta.main) process.exitCode = await main();
