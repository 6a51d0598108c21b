/** Judges readiness by what the store says. */
import type { Store } from './domain/ports.ts';
import { missedReads } from './domain/scan/missed-reads.ts';
import { type Readiness, readiness } from './observability/health.ts';

/** Without a complete read of the tenant, or a good collection, for this long the process is not ready, ms. */
const STALE_AFTER_MS = 60 * 60_000;
const RECENT_SCANS = 50;

/**
 * Whether the product does its work now; never throws, as a database that does not answer is an answer.
 * @param now ms UTC
 */
export async function storeReadiness(store: Store, now: number): Promise<Readiness> {
  const limits = { scanAge: STALE_AFTER_MS, collectionAge: STALE_AFTER_MS };
  try {
    await store.ping();
    const [recent, whole, collected, problems] = await Promise.all([
      store.scans.recent(RECENT_SCANS),
      store.scans.lastWhole(),
      store.jobs.last('collect'),
      store.audit.problems(),
    ]);
    return readiness({
      now,
      databaseProblem: null,
      lastCompleteScanAt: whole?.finishedAt ?? null,
      scanProblem: missedReads(recent)[0]?.reason ?? null,
      lastCollectionAt: collected?.lastSuccessAt ?? null,
      collectionProblem: problems[0]?.message ?? null,
      limits,
    });
  } catch (error) {
    return readiness({
      now,
      databaseProblem: `The database does not answer: ${String(error)}`,
      lastCompleteScanAt: null,
      scanProblem: null,
      lastCollectionAt: null,
      collectionProblem: null,
      limits,
    });
  }
}
