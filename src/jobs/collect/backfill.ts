import { WEEK_MS } from '../../domain/durations.ts';
import type { AuditSearch } from '../../domain/ports/audit.ts';
import type { JobContext } from '../context.ts';

/** A search of more than this at once seldom ends, and is truncated in large tenants, ms. */
const MAX_SEARCH_MS = WEEK_MS;

/** What a back-fill brought. `truncated`: the stretches of which the search gave out only a part, ms UTC. */
export type Backfilled = { added: number; truncated: { from: number; to: number }[] };

/**
 * Brings audit records of a past time into the archive that the regular collection cannot reach any more.
 * Records that are there already are left as they are. The ledger is not touched: a search proves nothing
 * about what it did not find. Throws TenantReadError; what came before it is kept.
 * @param window half open, ms UTC
 */
export async function backfill(
  { store, clock, log, detector }: Pick<JobContext, 'store' | 'clock' | 'log' | 'detector'>,
  search: AuditSearch,
  window: { from: number; to: number },
  signal: AbortSignal,
): Promise<Backfilled> {
  const result: Backfilled = { added: 0, truncated: [] };
  for (let from = window.from; from < window.to; from += MAX_SEARCH_MS) {
    const part = { from, to: Math.min(from + MAX_SEARCH_MS, window.to) };
    let truncated = false;
    for await (const page of search.search(part, signal)) {
      result.added += await store.audit.append(page.events, clock.now(), [], detector);
      truncated ||= page.truncated;
    }
    if (truncated) result.truncated.push(part);
    log.info({ ...part, added: result.added, truncated }, 'audit records were searched');
  }
  return result;
}
