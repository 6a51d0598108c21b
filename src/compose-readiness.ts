/** Judges readiness by what the store says. */
import cron from 'node-cron';
import type { WatchConfig } from './config/watch.ts';
import type { Store } from './domain/ports.ts';
import { missedReads } from './domain/scan/missed-reads.ts';
import { type Readiness, type ReadinessFacts, readiness } from './observability/health.ts';

/** Freshness is never judged more strictly than this, ms: one slow read is no outage. */
const AT_LEAST_MS = 60 * 60_000;
/** So many runs may fail before what is known counts as stale. */
const MISSED_RUNS = 3;
/** Enough runs to meet the longest pause of any usual schedule, a weekend among them. */
const RUNS_LOOKED_AT = 100;
const RECENT_SCANS = 50;

export type Limits = ReadinessFacts['limits'];

/** How old what is known may be, by how often it is read: three of the schedule's longest pauses, ms. */
export function readinessLimits(
  watch: Pick<WatchConfig, 'scanSchedule' | 'collectSchedule' | 'timeZone'>,
): Limits {
  const limit = (pattern: string): number => {
    const task = cron.createTask(pattern, () => undefined, { timezone: watch.timeZone });
    const runs = task.getNextRuns(RUNS_LOOKED_AT).map((run) => run.getTime());
    const pauses = runs.slice(1).map((at, index) => at - (runs[index] ?? at));
    return Math.max(AT_LEAST_MS, MISSED_RUNS * Math.max(0, ...pauses));
  };
  return { scanAge: limit(watch.scanSchedule), collectionAge: limit(watch.collectSchedule) };
}

/**
 * Whether the product does its work now; never throws, as a database that does not answer is an answer.
 * @param now ms UTC
 */
export async function storeReadiness(store: Store, now: number, limits: Limits): Promise<Readiness> {
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
