import { readFile, stat } from 'node:fs/promises';
import { extendCatalogue } from '../domain/license/catalogue.ts';
import { parseProducts } from '../domain/license/product-table.ts';
import type { Logger } from '../observability/logger.ts';

/** Microsoft's own list has 1.4 MB. */
const MAX_BYTES = 20 * 1024 * 1024;
/** As many rows are named in the log; the rest is counted. */
const MAX_PROBLEMS_LOGGED = 20;

/** A file of names cannot be used at all. */
export class ProductNamesError extends Error {
  readonly code = 'product-names-unusable';
  constructor(why: string, options?: ErrorOptions) {
    super(`The file that PRODUCT_NAMES names ${why}.`, options);
    this.name = 'ProductNamesError';
  }
}

/**
 * Reads the customer's file of product names, once, before anything is named. A row that cannot be used is logged
 * with its line; a file that cannot be used at all leaves the names that ship with us, and is logged as an error.
 * @param path of the file; null does nothing
 */
export async function loadProductNames(
  path: string | null,
  log: Pick<Logger, 'warn' | 'error'>,
): Promise<void> {
  if (path === null) return;
  try {
    const { problems, ...products } = parseProducts(await readNamesFile(path));
    extendCatalogue(products);
    for (const problem of problems.slice(0, MAX_PROBLEMS_LOGGED))
      log.warn({ setting: 'PRODUCT_NAMES', problem }, 'a row of product names cannot be used');
    if (problems.length > MAX_PROBLEMS_LOGGED)
      log.warn(
        { setting: 'PRODUCT_NAMES', rows: problems.length },
        'more rows of product names cannot be used',
      );
  } catch (err) {
    if (!(err instanceof ProductNamesError)) throw err;
    log.error({ setting: 'PRODUCT_NAMES', err }, 'product names are those that ship with the product');
  }
}

/**
 * Reads a list of names as text, in UTF-8 or, as some copies of Microsoft's list are, in Windows-1252.
 * Throws ProductNamesError when it cannot be read or is too large.
 */
export async function readNamesFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_BYTES) throw new ProductNamesError('is larger than 20 MB');
    const bytes = await readFile(path);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  } catch (error) {
    if (error instanceof ProductNamesError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    throw new ProductNamesError(`cannot be read (${code})`, { cause: error });
  }
}
