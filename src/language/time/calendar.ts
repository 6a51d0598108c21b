import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import { perZone } from '../../domain/time-formats.ts';

/** A day of the Gregorian calendar. Months are 1 to 12; numbers beyond their range roll over. */
export type CalendarDay = { year: number; month: number; day: number };

/** Days as counted in UTC: a number per calendar day, for arithmetic without time zones. */
const serial = ({ year, month, day }: CalendarDay): number =>
  Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);

const fromSerial = (days: number): CalendarDay => {
  const date = new Date(days * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

export const addDays = (day: CalendarDay, days: number): CalendarDay => fromSerial(serial(day) + days);

/** The same day of another month, or the last one of it where it is shorter (31 January + 1 → 28 February). */
export const addMonths = ({ year, month, day }: CalendarDay, months: number): CalendarDay => {
  const first = fromSerial(serial({ year, month: month + months, day: 1 }));
  const last = fromSerial(serial({ year: first.year, month: first.month + 1, day: 0 })).day;
  return { ...first, day: Math.min(day, last) };
};

/** Monday is 1, Sunday 7. */
export const weekday = (day: CalendarDay): number => ((((serial(day) + 3) % 7) + 7) % 7) + 1;

export const isBefore = (a: CalendarDay, b: CalendarDay): boolean => serial(a) < serial(b);

/** Whether the numbers name a real day (31 February does not). */
export const isRealDay = (day: CalendarDay): boolean => {
  const same = fromSerial(serial(day));
  return day.year >= 1970 && day.year < 2200 && same.month === day.month && same.day === day.day;
};

const clockOf = perZone(
  { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  'en-US',
);

/** Clocks are set forward and back at quarters of an hour, so that one look at the zone serves for a quarter. */
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_QUARTERS = 2_000;
const offsets = new Map<string, number>();

/** How far clocks in `timeZone` are ahead of UTC at an instant, in ms. */
function offsetAt(at: number, timeZone: string): number {
  const key = `${timeZone} ${Math.floor(at / QUARTER_MS)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const shown = serial({ year, month, day }) * DAY_MS + (hour * 60 + minute) * MINUTE_MS;
  const offset = shown - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  if (offsets.size >= MAX_QUARTERS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The calendar day and the minutes since its midnight at an instant (ms UTC), as a clock in `timeZone` shows them. */
export function localTime(at: number, timeZone: string): { day: CalendarDay; minutes: number } {
  const shown = at + offsetAt(at, timeZone);
  const days = Math.floor(shown / DAY_MS);
  return { day: fromSerial(days), minutes: Math.floor((shown - days * DAY_MS) / MINUTE_MS) };
}

/** The instant (ms UTC) when clocks in `timeZone` show this day and minute; the later one where clocks jump over it. */
export function instant(day: CalendarDay, timeZone: string, minutes = 0): number {
  const wanted = serial(day) * DAY_MS + minutes * MINUTE_MS;
  let guess = wanted;
  // The offset depends on the instant that is looked for; two corrections settle it except inside a jump.
  for (let round = 0; round < 2; round++) {
    const shown = localTime(guess, timeZone);
    guess += wanted - (serial(shown.day) * DAY_MS + shown.minutes * MINUTE_MS);
  }
  return guess;
}
