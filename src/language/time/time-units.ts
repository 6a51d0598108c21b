import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/durations.ts';
import { addDays, addMonths, type CalendarDay, instant, weekday } from './calendar.ts';

export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'quarter' | 'year';

/** What time expressions are relative to. `today` is the day of `now` (ms UTC) in `timeZone`. */
export type Today = { now: number; timeZone: string; today: CalendarDay; minutes: number };

/** Whole days, half open. */
export type Days = { from: CalendarDay; to: CalendarDay };

export const TIME_UNITS: readonly string[] = [
  'minute',
  'hour',
  'day',
  'week',
  'fortnight',
  'month',
  'quarter',
  'year',
];
export const isTimeUnit = (word: string): word is TimeUnit => TIME_UNITS.includes(word);

export const MONTHS: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

export const WEEKDAYS: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** About how many days a length is, as admins count: a month is 30. Null for less than a day. */
export function lengthInDays(count: number, unit: TimeUnit): number | null {
  const days = { minute: 0, hour: 0, day: 1, week: 7, fortnight: 14, month: 30, quarter: 90, year: 365 }[
    unit
  ];
  return days === 0 ? null : count * days;
}

/** The instant `count` units before (or, negative, after) `now`; months and years keep the time of day. */
export function countBack({ now, timeZone, today, minutes }: Today, count: number, unit: TimeUnit): number {
  const months = { month: 1, quarter: 3, year: 12 }[unit as 'month' | 'quarter' | 'year'];
  if (months !== undefined) {
    const seconds = now % MINUTE_MS;
    return instant(addMonths(today, -count * months), timeZone, minutes) + seconds;
  }
  const length = {
    minute: MINUTE_MS,
    hour: HOUR_MS,
    day: DAY_MS,
    week: 604_800_000,
    fortnight: 1_209_600_000,
  };
  return now - count * length[unit as keyof typeof length];
}

/** The whole calendar unit that is `offset` units from the one `now` is in. Weeks begin on Monday. */
export function calendarUnit(today: CalendarDay, unit: TimeUnit, offset: number): Days {
  const { year, month } = today;
  switch (unit) {
    case 'week':
    case 'fortnight': {
      const monday = addDays(today, 1 - weekday(today));
      const weeks = unit === 'week' ? 1 : 2;
      return { from: addDays(monday, 7 * weeks * offset), to: addDays(monday, 7 * weeks * (offset + 1)) };
    }
    case 'month':
      return months({ year, month, day: 1 }, offset, 1);
    case 'quarter':
      return months({ year, month: month - ((month - 1) % 3), day: 1 }, 3 * offset, 3);
    case 'year':
      return months({ year, month: 1, day: 1 }, 12 * offset, 12);
    default:
      return { from: addDays(today, offset), to: addDays(today, offset + 1) };
  }
}

const months = (first: CalendarDay, offset: number, length: number): Days => ({
  from: addMonths(first, offset),
  to: addMonths(first, offset + length),
});

/** The month by number (1 to 12), in that year or, without one, the last that began before now. */
export const monthDays = (today: CalendarDay, month: number, year: number | null): Days =>
  months({ year: year ?? (month > today.month ? today.year - 1 : today.year), month, day: 1 }, 0, 1);

export const oneDay = (day: CalendarDay): Days => ({ from: day, to: addDays(day, 1) });

/** The last such weekday before today, or the first after it. People say "today" when they mean today. */
export function nearestWeekday(
  today: CalendarDay,
  wanted: number,
  direction: 'past' | 'future',
): CalendarDay {
  const distance = (wanted - weekday(today) + 7) % 7;
  if (direction === 'future') return addDays(today, distance === 0 ? 7 : distance);
  return addDays(today, distance === 0 ? -7 : distance - 7);
}
