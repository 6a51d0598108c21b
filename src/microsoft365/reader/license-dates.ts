import type { DatesPageRead, DatesRead } from '../../domain/ports.ts';
import { GraphLicenseDates, LICENSE_DATE_PROPERTIES, toLicenseDates } from '../bodies/license-dates.ts';
import { type Patience, readBatch } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { notExpired, Page } from '../graph/paging.ts';
import { lenientRowReader, withoutOdd } from '../graph/row.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

/** A user has some forty service plans: a page of so many users is as large as one of a thousand in a scan. */
const PAGE_SIZE = 100;

const SELECT = [...LICENSE_DATE_PROPERTIES];

const readRow = lenientRowReader('user', GraphLicenseDates, toLicenseDates);

/**
 * Reads one page of Microsoft's dates of everybody's licenses. It needs User.Read.All, as the scan does.
 * @param link the page to go on with; null for the first one
 * Throws TenantReadError, `expired-page` when Graph has forgotten its own link.
 */
export async function readLicenseDatesPage(
  graph: GraphClient,
  link: string | null,
  signal: AbortSignal,
): Promise<DatesPageRead> {
  const operation = OPERATIONS.licenseDates;
  const answer = notExpired(
    link === null
      ? await graph.get(graph.api('/users').select(SELECT).top(PAGE_SIZE), operation, signal)
      : await graph.follow(link, operation, signal),
    operation,
  );
  const page = readJson(answer, Page, operation);
  answer.release?.();
  const { rows, leftOut } = withoutOdd(page.value.map(readRow));
  return { dates: rows, leftOut: leftOut.length, next: page['@odata.nextLink'] ?? null };
}

/** Reads Microsoft's dates of these users' licenses; those that Graph does not know are left out. Throws TenantReadError. */
export async function readLicenseDatesOf(
  graph: GraphClient,
  ids: readonly string[],
  patience: Patience,
  signal: AbortSignal,
): Promise<DatesRead[]> {
  const paths = [...new Set(ids)].map((id) => `/users/${encodeURIComponent(id)}?$select=${SELECT.join(',')}`);
  const answers = await readBatch(graph, paths, OPERATIONS.licenseDates, patience, signal);
  return withoutOdd(answers.flatMap((answer) => (answer.found ? [readRow(answer.body)] : []))).rows;
}
