import { z } from 'zod';
import { HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import { backOff } from '../../domain/pause/back-off.ts';
import type { AuditSearch, SearchedPage } from '../../domain/ports/audit.ts';
import { type Clock, TenantReadError } from '../../domain/ports.ts';
import { normaliseActivityRecord } from '../bodies/audit/activity-record.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { pages } from '../graph/paging.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { readJson } from '../http/json-answer.ts';
import { sleepOrCancel } from '../http/sleep.ts';
import type { Operation } from '../operations.ts';
import { archived } from './archived.ts';

/** Not among the operations that need a permission from the start: it is granted by who wants to search. */
const SEARCH: Operation = {
  what: 'search the Purview audit log',
  permission: 'AuditLogsQuery-Entra.Read.All',
};

const QUERIES = '/security/auditLog/queries';
/** The largest page that other clients of this API ask for. */
const PAGE_SIZE = 999;
const PAUSES = { firstMs: 10_000, longestMs: MINUTE_MS };
/** A search that takes longer is stuck (other clients make a new one after as long). */
const STUCK_AFTER_MS = 4 * HOUR_MS;

const Status = z.string().transform((status) => status.toLowerCase());
/** `isRecordCountLimitExceeded`: a search may succeed and still not give out everything (since 2026). */
const SearchQuery = z.object({
  id: z.string(),
  status: Status,
  isRecordCountLimitExceeded: z.boolean().nullish(),
});
type SearchQuery = z.infer<typeof SearchQuery>;

/** What a wait needs: a clock, and randomness from 0 to 1. */
type Waits = { clock: Clock; random: () => number };

/**
 * Purview's audit search: Microsoft gathers the records of a window in the background, which takes minutes to
 * hours, and then gives them out. It reaches as far back as the tenant keeps its audit records, 180 days and
 * more. Only records of Entra are asked for, in which licenses are. Public cloud only.
 */
export const createAuditSearch = (graph: GraphClient, waits: Waits): AuditSearch => ({
  async *search(window, signal): AsyncGenerator<SearchedPage> {
    const query = await finished(graph, waits, await create(graph, window, signal), signal);
    const truncated = query.isRecordCountLimitExceeded === true;
    const first = () => graph.api(`${QUERIES}/${encodeURIComponent(query.id)}/records`).top(PAGE_SIZE);
    for await (const page of pages({ graph, first, operation: SEARCH, signal })) {
      yield { events: page.value.map((record) => fromSearch(record, window.to)), truncated };
    }
  },
});

function fromSearch(record: unknown, seenAt: number): SearchedPage['events'][number] {
  const taken = archived(record, 'auditSearch', normaliseActivityRecord, seenAt);
  return { ...taken, event: { ...taken.event, source: 'auditSearch' } };
}

async function create(
  graph: GraphClient,
  window: { from: number; to: number },
  signal: AbortSignal,
): Promise<SearchQuery> {
  const body = {
    displayName: 'License Watch',
    filterStartDateTime: new Date(window.from).toISOString(),
    filterEndDateTime: new Date(window.to).toISOString(),
    recordTypeFilters: ['azureActiveDirectory'],
  };
  const answer = await graph.post(graph.api(QUERIES), body, SEARCH, signal);
  refuseUnaudited(answer);
  return readJson(answer, SearchQuery, SEARCH);
}

/** Only the text of the error says so, sometimes as JSON inside JSON. */
function refuseUnaudited(answer: ExchangeAnswer): void {
  if (answer.status < 400 || !/AuditingDisabledTenant/i.test(answer.text)) return;
  throw new TenantReadError(
    'auditing-off',
    'Auditing is switched off in this tenant. Turn it on in the Microsoft Purview portal; it takes up to an hour.',
  );
}

/** Waits until the search has come to its end. Throws TenantReadError when it failed or is stuck. */
async function finished(
  graph: GraphClient,
  { clock, random }: Waits,
  created: SearchQuery,
  signal: AbortSignal,
): Promise<SearchQuery> {
  const startedAt = clock.now();
  let query = created;
  for (let looks = 1; ; looks++) {
    if (query.status === 'succeeded') return query;
    if (query.status === 'failed' || query.status === 'cancelled') {
      throw new TenantReadError('refused', `Microsoft ended the audit search as ${query.status}. Try again.`);
    }
    if (clock.now() - startedAt > STUCK_AFTER_MS) {
      throw new TenantReadError('timeout', 'The audit search did not end within four hours. Try again.');
    }
    await sleepOrCancel(clock, backOff(looks, PAUSES, random()), signal);
    const request = graph.api(`${QUERIES}/${encodeURIComponent(created.id)}`);
    query = readJson(await graph.get(request, SEARCH, signal), SearchQuery, SEARCH);
  }
}
