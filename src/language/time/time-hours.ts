import type { TimeRange } from '../query.ts';
import { instant, localTime } from './calendar.ts';
import { readPeriod } from './time-periods.ts';
import type { TimeReader } from './time-tokens.ts';
import type { Today } from './time-units.ts';

/** Minutes since midnight: 14:00, 9am, 9:30 pm, noon; bare hours too where only a time can stand. */
export function timeOfDay(reader: TimeReader, { bareHours = false } = {}): number | null {
  return reader.attempt(() => {
    reader.take('at');
    if (reader.take('noon')) return 720;
    if (reader.take('midnight')) return 0;
    const match = /^(\d{1,2})(am|pm)?$/.exec(reader.peek());
    if (!match) return null;
    const hour = Number(match[1]);
    reader.position++;
    const minutes =
      reader.glue() === ':' || reader.glue() === '.' ? reader.takeNumber(/^([0-5]\d)(?:am|pm)?$/) : null;
    const half = match[2] ?? reader.takeOne(['am', 'pm']);
    if ((minutes === null && half === null && !bareHours) || hour > 23) return null;
    return ((half === 'pm' ? 12 : 0) + (half === null ? hour : hour % 12)) * 60 + (minutes ?? 0);
  });
}

/** "between 10:00 and 12:00 yesterday", "on Friday from 9 to 11", "yesterday after 14:00": hours of one day. */
export const readHours = (reader: TimeReader, today: Today): TimeRange | null =>
  reader.attempt(() => {
    const before = oneDay(reader, today);
    // Bare numbers are hours only where the day is said: "between 3 and 9 November" has none.
    const hours = window(reader, before !== null);
    if (!hours) return null;
    const day = before ?? oneDay(reader, today) ?? { from: instant(today.today, today.timeZone) };
    const date = localTime(day.from, today.timeZone).day;
    const at = (minutes: number): number => instant(date, today.timeZone, minutes);
    return { from: at(hours.from), to: Math.min(at(hours.to), today.now) };
  });

const oneDay = (reader: TimeReader, today: Today): TimeRange | null =>
  reader.attempt(() => {
    reader.takeOne(['on', 'in']);
    reader.take('-');
    const period = readPeriod(reader, today, 'past');
    return period && period.kind !== 'rolling' && period.to - period.from <= 90_000_000 ? period : null;
  });

/** The hours in minutes since midnight, half open. */
const window = (reader: TimeReader, bareHours: boolean): TimeRange | null => {
  const lead = reader.takeOne(['between', 'from', 'after', 'before', 'since']);
  const first = lead === null ? null : timeOfDay(reader, { bareHours });
  if (first === null) return null;
  if (lead === 'after' || lead === 'since') return bareHours ? { from: first, to: 1440 } : null;
  if (lead === 'before') return bareHours ? { from: 0, to: first } : null;
  if (reader.takeOne(['and', 'to', 'until']) === null && !/^ ?[-–—] ?$/.test(reader.glue())) return null;
  const last = timeOfDay(reader, { bareHours });
  // "between 2 and 4 pm" says of both that they are in the afternoon.
  const afternoon = reader.peek(-1).endsWith('pm') && last !== null && first + 720 < last ? 720 : 0;
  return last === null || last <= first ? null : { from: first + afternoon, to: last };
};
