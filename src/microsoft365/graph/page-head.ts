import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ExchangeAnswer } from '../http/exchange.ts';

const ROWS_BEGIN = Buffer.from('"value":[');
const NEXT_LINK = Buffer.from('"@odata.nextLink"');
const Head = z.object({ '@odata.nextLink': z.string().optional() });

/** What can be told of a page without parsing its rows. `digest` is the same for rows of the same text. */
export type PageHead = {
  next: string | undefined;
  digest: string;
  /** Where the first row begins, in bytes. */
  rowsBegin: number;
};

/**
 * Reads the head of a page. Graph writes its annotations first, so that the next link is known before the rows.
 * Null for an answer of any other shape: only parsing it as a whole tells what is there.
 */
export function pageHead({ status, bytes }: ExchangeAnswer): PageHead | null {
  if (status !== 200 || bytes === undefined) return null;
  const begin = bytes.indexOf(ROWS_BEGIN);
  if (begin < 0) return null;
  // What stands before the rows is an object without its end, if the rows are those of the page itself.
  const head = Head.safeParse(objectOf(bytes.toString('utf8', 0, begin)));
  if (!head.success) return null;
  const next = head.data['@odata.nextLink'];
  if (next === undefined && bytes.includes(NEXT_LINK, begin)) return null;
  const digest = hash('sha256', bytes.subarray(begin), 'base64url');
  return { next, digest, rowsBegin: begin + ROWS_BEGIN.length };
}

function objectOf(beginning: string): unknown {
  try {
    return JSON.parse(`${beginning.replace(/,\s*$/, '')}}`);
  } catch {
    return null;
  }
}
