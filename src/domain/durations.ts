/** Lengths of time in milliseconds. A day is 24 hours here: days of a calendar are in `language/time/`. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
