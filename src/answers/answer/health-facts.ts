/** What the product judges its own work by, read from the store. */
import { HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { HealthFacts, HealthLimits } from '../../domain/health/health.ts';
import { ROUTES_READ } from '../../domain/ports.ts';
import { missedReads } from '../../domain/scan/missed-reads.ts';
import type { AnswerStore } from './deps.ts';

/** Limits where nobody told the schedule: those of the schedule that is set where nobody sets one, ms. */
export const USUAL_LIMITS: HealthLimits = {
  scan: 15 * MINUTE_MS,
  fullScan: 18 * HOUR_MS,
  collection: 15 * MINUTE_MS,
};

const RECENT_SCANS = 50;
/** Read on a schedule; the audit search only when somebody asks for it. */
const COLLECTED: ReadonlySet<string> = new Set(['directoryAudits', 'activity']);

export type HealthStore = Pick<AnswerStore, 'scans' | 'jobs' | 'writeProblem'> & {
  audit: Pick<AnswerStore['audit'], 'problems' | 'auditing'>;
};

/** Reads the facts. @param now ms UTC. Throws where the database cannot be read. */
export async function healthFacts(
  store: HealthStore,
  now: number,
  limits: HealthLimits,
): Promise<HealthFacts> {
  const [recent, whole, full, collected, problems, auditing, databaseProblem, routes] = await Promise.all([
    store.scans.recent(RECENT_SCANS),
    store.scans.lastWhole(),
    store.scans.last({ kind: 'full', outcome: 'complete' }),
    store.jobs.last('collect'),
    store.audit.problems(),
    store.audit.auditing(),
    store.writeProblem(),
    store.jobs.last(ROUTES_READ),
  ]);
  const misses = missedReads(recent);
  return {
    now,
    databaseProblem,
    scan: {
      completeAt: whole?.finishedAt ?? null,
      fullAt: full?.finishedAt ?? null,
      misses: misses.length,
      reason: misses[0]?.reason ?? null,
    },
    collection: {
      completeAt: collected?.lastSuccessAt ?? null,
      troubles: problems.filter(({ source }) => COLLECTED.has(source)),
      sources: COLLECTED.size,
    },
    auditing,
    routes: routes?.ok === false ? routes.detail : null,
    limits,
  };
}
