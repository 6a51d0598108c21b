import { speaksOf, standingLogs } from '../attribution/window.ts';
import type { SourceCoverage } from '../audit/event.ts';
import { DAY_MS, HOUR_MS, WEEK_MS } from '../durations.ts';
import type { Incident } from './incident.ts';

/** How long after it was opened an incident without a sure cause is looked at again, whatever came in, ms. */
const REVIEW_AFTER_MS: readonly number[] = [HOUR_MS, DAY_MS, 2 * DAY_MS, WEEK_MS];

/** A log that is complete to this long after an incident has told all that it will tell of it, ms. */
const TOLD_AFTER_MS = DAY_MS;

/**
 * Whether an incident is to be explained again without any new record: one of its review times has passed
 * since the last review, or all logs are complete by now and none of them has spoken.
 * @param since when the last review began, ms UTC
 */
export function isReviewDue(
  incident: Pick<Incident, 'openedAt' | 'level'>,
  coverage: readonly SourceCoverage[],
  since: number,
  now: number,
): boolean {
  const passed = REVIEW_AFTER_MS.map((after) => incident.openedAt + after).some(
    (time) => time > since && time <= now,
  );
  const logs = standingLogs(coverage);
  const span = { from: incident.openedAt, to: incident.openedAt + TOLD_AFTER_MS };
  const complete = logs.length > 0 && logs.every((log) => speaksOf(log, span));
  return passed || (incident.level === 'unexplained' && complete);
}
