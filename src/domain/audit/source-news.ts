import { DAY_MS, HOUR_MS } from '../durations.ts';

/** When a source of audit records is in trouble. Times are ms UTC. */

/** So many collections in a row that fail are told: fewer are passing trouble. */
export const FAILURES_THAT_COUNT = 3;

/** How far back the habit of a source is looked at: to a whole weekend, also on a Monday. */
export const HABIT_MS = 16 * DAY_MS;
/** Records come an hour or two late; no source is silent before this. */
const SHORTEST_SILENCE_MS = 6 * HOUR_MS;
/** A source that speaks in fewer hours of a week has no habit to break. */
const HOURS_OF_A_HABIT = 24;
const LONGER_THAN_EVER = 1.5;

/**
 * Since when a source is silent against its habit: half as long again as the longest pause of two weeks, nights
 * and weekends among them. After auditing is switched off the feeds just go quiet, without an error.
 * @param hours beginnings of the hours in which anything happened that the source tells of, in order
 * @returns the end of the last hour with a record; null where the source is not silent, or too quiet to tell
 */
export function silentSince(hours: readonly number[], now: number): number | null {
  const newest = hours.at(-1);
  if (newest === undefined || hours.length < HOURS_OF_A_HABIT) return null;
  const pauses = hours.slice(1).map((hour, index) => hour - (hours[index] ?? hour));
  const limit = Math.max(SHORTEST_SILENCE_MS, LONGER_THAN_EVER * Math.max(0, ...pauses));
  const since = newest + HOUR_MS;
  return now - since > limit ? since : null;
}
