import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';

/** The part of a cron task that tells when it runs. */
export type Schedule = { match(date: Date): boolean };

const SECOND = 1_000;
/** Looking back further than this, a run was surely missed. */
const LOOK_BACK_MS = 8 * DAY_MS;

/**
 * Whether a schedule had a run between the last one and now that did not happen, because no process was
 * there to make it. A job that never ran, or whose last run lies in the future, has missed one.
 * @param lastStartedAt ms UTC, null when it never ran
 * @param now ms UTC
 */
export function missedRun(schedule: Schedule, lastStartedAt: number | null, now: number): boolean {
  if (lastStartedAt === null || now - lastStartedAt > LOOK_BACK_MS) return true;
  // The clock was ahead then: when that was cannot be told.
  if (lastStartedAt > now) return true;
  for (let at = Math.floor(now / MINUTE_MS) * MINUTE_MS; at > lastStartedAt; at -= MINUTE_MS) {
    if (schedule.match(new Date(at))) return true;
  }
  // A schedule with a seconds field need not fire on a whole minute: look at each second of the last hour.
  const from = Math.max(lastStartedAt, now - HOUR_MS);
  for (let at = Math.floor(now / SECOND) * SECOND; at > from; at -= SECOND) {
    if (schedule.match(new Date(at))) return true;
  }
  return false;
}
