/** Days and minutes as a clock on the wall shows them, over both changes of the clock. Instants are ms UTC. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts';
import { perZone } from '../time-formats.ts';

/** A day as counted in UTC, and the minutes since its midnight. */
type WallTime = { day: number; minutes: number };

const clockOf = perZone(
  { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  'en-US',
);

/** What the wall shows at an instant. */
export function wallTime(at: number, timeZone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return { day: Date.UTC(year, month - 1, day) / DAY_MS, minutes: hour * 60 + minute };
}

/** Monday is 1, Sunday 7. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** How far the wall is ahead of UTC at an instant, ms. */
function ahead(at: number, timeZone: string): number {
  const { day, minutes } = wallTime(at, timeZone);
  return day * DAY_MS + minutes * MINUTE_MS - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/**
 * The instant at which the wall shows this minute of this day. Where clocks are set back and show it twice, the one
 * that is asked for; where they are set forward over it, the moment at which they are.
 */
export function instantOf(day: number, minutes: number, timeZone: string, which: 'first' | 'last'): number {
  const shown = day * DAY_MS + minutes * MINUTE_MS;
  // No zone is further from UTC than 14 hours, and none changes its clock twice within a day.
  const offsets = [ahead(shown - 15 * HOUR_MS, timeZone), ahead(shown + 15 * HOUR_MS, timeZone)];
  const found = offsets
    .map((offset) => shown - offset)
    .filter((at) => at + ahead(at, timeZone) === shown)
    .sort((a, b) => a - b);
  const at = which === 'first' ? found[0] : found.at(-1);
  return at ?? jumpBefore(shown - Math.min(...offsets), timeZone);
}

/** The moment at which clocks were set forward, in the hours before an instant. */
function jumpBefore(at: number, timeZone: string): number {
  const offset = ahead(at, timeZone);
  let [before, after] = [at - 30 * HOUR_MS, at];
  while (after - before > MINUTE_MS) {
    const middle = Math.floor((before + after) / 2 / MINUTE_MS) * MINUTE_MS;
    if (ahead(middle, timeZone) === offset) after = middle;
    else before = middle;
  }
  return after;
}

/** The next instant after `now` at which the wall shows this minute of a day; once a day, also on one with a change. */
export function nextAt(minutes: number, now: number, timeZone: string): number {
  const { day } = wallTime(now, timeZone);
  for (let ahead = 0; ; ahead++) {
    const at = instantOf(day + ahead, minutes, timeZone, 'first');
    if (at > now) return at;
  }
}
