import type { GraphRequest } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { TenantReadError } from '../../domain/ports.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { readJson } from '../http/json-answer.ts';
import { serviceError } from '../http/service-error.ts';
import type { Operation } from '../operations.ts';
import type { GraphClient } from './graph-client.ts';

/** One page of any listing. The rows are checked by whoever knows what they are. */
export const Page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});
export type Page = z.infer<typeof Page>;

/** Links that were followed in one listing; refuses one that comes back, and too many. */
export class LinkTrail {
  readonly #seen = new Set<string>();
  readonly #operation: Operation;
  readonly #maxPages: number;
  constructor(operation: Operation, maxPages: number) {
    this.#operation = operation;
    this.#maxPages = maxPages;
  }

  /** Throws TenantReadError `paging-loop` or `too-many-pages`. */
  add(link: string): void {
    const { what } = this.#operation;
    if (this.#seen.has(link)) {
      throw new TenantReadError('paging-loop', `To ${what}, Microsoft sent the same page link twice.`);
    }
    this.#seen.add(link);
    if (this.#seen.size >= this.#maxPages) {
      throw new TenantReadError(
        'too-many-pages',
        `To ${what} took ${this.#maxPages} pages and there was no end of it.`,
      );
    }
  }
}

export type Listing = {
  graph: GraphClient;
  /** Makes the first request; called again when the listing starts again. */
  first: () => GraphRequest;
  operation: Operation;
  signal: AbortSignal;
  /** Sent with every page: advanced queries need `ConsistencyLevel` on the later ones, too. */
  headers?: Readonly<Record<string, string>>;
};

/** Reads a listing page by page, each checked as a whole. See `walk`. */
export const pages = (listing: Listing): AsyncGenerator<Page> =>
  walk(listing, (answer) => {
    const page = readJson(answer, Page, listing.operation);
    return { page, next: page['@odata.nextLink'] };
  });

/**
 * Reads a listing page by page; only a page without a next link is the last, however short or empty. The next
 * page is asked for while the caller works on this one, whose memory is given back afterwards. Throws TenantReadError; `expired-page` when Graph has
 * forgotten its own page link.
 */
export async function* walk<P>(
  listing: Listing,
  read: (answer: ExchangeAnswer) => { page: P; next: string | undefined },
): AsyncGenerator<P> {
  const { graph, operation } = listing;
  const trail = new LinkTrail(operation, graph.maxPages);
  const stopped = new AbortController();
  const signal = AbortSignal.any([listing.signal, stopped.signal]);
  let coming: Promise<ExchangeAnswer> | null = graph.get(
    listing.first().headers({ ...listing.headers }),
    operation,
    signal,
  );
  try {
    while (coming !== null) {
      const answer = notExpired(await coming, operation);
      const { page, next } = read(answer);
      coming = null;
      if (next !== undefined) {
        trail.add(next);
        coming = graph.follow(next, operation, signal, listing.headers);
        // It is awaited in the next turn of the loop; until then its failure is nobody's.
        coming.catch(() => undefined);
      }
      yield page;
      answer.release?.();
    }
  } finally {
    stopped.abort();
  }
}

/** Returns the answer. Throws TenantReadError `expired-page` where it says that Graph has forgotten the link. */
export function notExpired(answer: ExchangeAnswer, operation: Operation): ExchangeAnswer {
  if (answer.status === 400 && serviceError(answer.text).code === 'Directory_ExpiredPageToken') {
    throw new TenantReadError('expired-page', `To ${operation.what} took longer than Graph keeps its place.`);
  }
  return answer;
}

/**
 * Reads a whole listing into one list. When a page link expires on the way it starts again, once. Throws
 * TenantReadError.
 */
export async function readAll<Row>(listing: Listing, readRow: (row: unknown) => Row): Promise<Row[]> {
  try {
    return await collect(listing, readRow);
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code !== 'expired-page') throw error;
    return collect(listing, readRow);
  }
}

async function collect<Row>(listing: Listing, readRow: (row: unknown) => Row): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages(listing)) {
    for (const row of page.value) rows.push(readRow(row));
  }
  return rows;
}
