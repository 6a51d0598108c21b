/** Judges readiness by what the store says. */
import cron from 'node-cron';
import { healthFacts } from '../answers/answer/health-facts.ts';
import type { WatchConfig } from '../config/watch.ts';
import { ageLimit, type Health, type HealthLimits, judgeHealth } from '../domain/health/health.ts';
import type { Store } from '../domain/ports.ts';

/** Enough runs to meet the longest pause of any usual schedule, a weekend among them. */
const RUNS_LOOKED_AT = 100;
/** What asks gives up before long: a database that does not answer by then does not answer, ms. */
const ANSWERS_WITHIN_MS = 5_000;

/** How old what is known may be, by how often it is read, ms. */
export function readinessLimits(
  watch: Pick<WatchConfig, 'scanSchedule' | 'fullScanSchedule' | 'collectSchedule' | 'timeZone'>,
): HealthLimits {
  const limit = (pattern: string): number => {
    const task = cron.createTask(pattern, () => undefined, { timezone: watch.timeZone });
    return ageLimit(task.getNextRuns(RUNS_LOOKED_AT).map((run) => run.getTime()));
  };
  return {
    scan: limit(watch.scanSchedule),
    fullScan: limit(watch.fullScanSchedule),
    collection: limit(watch.collectSchedule),
  };
}

/**
 * Whether the product does its work now; never throws, as a database that does not answer is an answer. The details
 * name no host: whoever may ask is not whoever may read the log.
 * @param now ms UTC
 */
export async function storeReadiness(store: Store, now: number, limits: HealthLimits): Promise<Health> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('too late')), ANSWERS_WITHIN_MS);
  try {
    return judgeHealth(await Promise.race([healthFacts(store, now, limits), late.promise]));
  } catch {
    const detail = 'The database does not answer.';
    return { ok: false, checks: [{ name: 'database', ok: false, detail }] };
  } finally {
    clearTimeout(timer);
  }
}
