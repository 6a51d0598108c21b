import { DAY_MS } from '../../domain/durations.ts';
import type { TimeRange } from '../query.ts';
import { addDays, type CalendarDay, instant, isBefore, localTime, weekday } from './calendar.ts';
import { readDate } from './time-dates.ts';
import { andAHalf, articleAndTimeUnit, countAndTimeUnit, shortLength } from './time-lengths.ts';
import type { TimeReader } from './time-tokens.ts';
import {
  calendarUnit,
  countBack,
  type Days,
  isTimeUnit,
  MONTHS,
  monthDays,
  nearestWeekday,
  oneDay,
  type Today,
  WEEKDAYS,
} from './time-units.ts';

/**
 * A stretch of time that a phrase names. `running` ones are not over ("this week") and end now when a sentence
 * asks what happened; `date` ones were said as a date. `from` and `to` are ms UTC.
 */
export type Period = TimeRange & { kind: 'date' | 'days' | 'month' | 'running' | 'rolling' };

/** Where a weekday without "last" or "next" lies: behind for what happened, ahead for a deadline. */
export type Direction = 'past' | 'future';

/** Reads one stretch of time at the reader's position, or returns null and leaves the position alone. */
export const readPeriod = (reader: TimeReader, today: Today, direction: Direction): Period | null =>
  dated(reader, today) ??
  spokenDay(reader, today) ??
  rolling(reader, today) ??
  timeUnitOrWeekday(reader, today, direction) ??
  ago(reader, today) ??
  edge(reader, today) ??
  month(reader, today, direction);

const whole = (days: Days, { timeZone }: Today, kind: Period['kind']): Period => ({
  from: instant(days.from, timeZone),
  to: instant(days.to, timeZone),
  kind,
});

const dated = (reader: TimeReader, today: Today): Period | null => {
  const date = readDate(reader, today.today);
  return date && partOfDay(reader, today, whole(oneDay(date), today, 'date'));
};

/** "Friday afternoon", "le 3 novembre au matin": the part of a day that follows it, else the day. */
const partOfDay = (reader: TimeReader, today: Today, day: Period): Period =>
  reader.attempt(() => {
    reader.takeOne(['in', 'to', 'at', 'of']);
    reader.take('-');
    const said = reader.takeOne(Object.keys(PARTS));
    return said === null ? null : part(localTime(day.from, today.timeZone).day, said, today);
  }) ?? day;

/** Minutes of the day at which its parts begin and end. */
const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  morning: [0, 720],
  afternoon: [720, 1080],
  evening: [1080, 1440],
  night: [1080, 1440],
};

/** today, yesterday, this morning, last night, the day before yesterday, tomorrow, the week before last */
const spokenDay = (reader: TimeReader, today: Today): Period | null =>
  reader.attempt(() => {
    if (reader.take('day', 'before', 'yesterday') || reader.take('daybeforeyesterday')) {
      return whole(oneDay(addDays(today.today, -2)), today, 'days');
    }
    if (reader.take('week', 'before', 'last'))
      return whole(calendarUnit(today.today, 'week', -2), today, 'days');
    if (reader.take('last', 'night')) return part(addDays(today.today, -1), 'night', today);
    const said = reader.takeOne(['today', 'yesterday', 'tomorrow', 'this']);
    if (said === null) return null;
    const during = reader.takeOne(['in', 'at']);
    const partOfDay = reader.takeOne(Object.keys(PARTS));
    if (during !== null && partOfDay === null) reader.position--;
    if (said === 'this' && partOfDay === null) return null;
    if (said === 'today' || said === 'this') return { ...whole(oneDay(today.today), today, 'running') };
    const day = addDays(today.today, said === 'yesterday' ? -1 : 1);
    return partOfDay === null ? whole(oneDay(day), today, 'days') : part(day, partOfDay, today);
  });

const part = (day: CalendarDay, name: string, { timeZone }: Today): Period => {
  const [from, to] = PARTS[name] ?? [0, 1440];
  return { from: instant(day, timeZone, from), to: instant(day, timeZone, to), kind: 'days' };
};

/** the last 7 days, past 24 hours, the past week, last 24h */
const rolling = (reader: TimeReader, today: Today): Period | null =>
  reader.attempt(() => {
    const lead = reader.takeOne(['last', 'past']);
    if (lead === null) return null;
    reader.take('last');
    reader.take('-');
    const length = shortLength(reader) ?? countAndTimeUnit(reader);
    if (length) return back(length.count, length.unit, today);
    const unit = reader.peek();
    if (!isTimeUnit(unit)) return null;
    // "last week" is the calendar's; "the past week" and "the last hour" count back from now.
    const countsBack = lead === 'past' || ['hour', 'day', 'minute', 'fortnight'].includes(unit);
    if (!countsBack) return null;
    reader.position++;
    return unit === 'hour' && andAHalf(reader) ? back(90, 'minute', today) : back(1, unit, today);
  });

const back = (count: number, unit: Parameters<typeof countBack>[2], today: Today): Period => ({
  from: countBack(today, count, unit),
  to: today.now,
  kind: 'rolling',
});

/** last week, this month, next Monday, Friday, Monday last week, semaine dernière */
const timeUnitOrWeekday = (reader: TimeReader, today: Today, direction: Direction): Period | null =>
  reader.attempt(() => {
    const lead = reader.takeOne(['last', 'this', 'next']);
    const word = reader.peek();
    const trailing = ['last', 'this', 'next'].includes(reader.peek(1)) ? reader.peek(1) : null;
    if (WEEKDAYS.includes(word)) {
      reader.position++;
      const wanted = WEEKDAYS.indexOf(word) + 1;
      if (lead === null && trailing !== null && reader.peek(1) === 'week') {
        reader.position += 2;
        const week = calendarUnit(today.today, 'week', offsetOf(trailing));
        return whole(oneDay(addDays(week.from, wanted - 1)), today, 'days');
      }
      if (lead === null && trailing !== null && !isTimeUnit(reader.peek(1))) reader.position++;
      const said = lead ?? trailing;
      // "this Monday", said on one, is today.
      if (said === 'this' && weekday(today.today) === wanted)
        return whole(oneDay(today.today), today, 'running');
      const way = said === 'next' ? 'future' : said === 'last' ? 'past' : direction;
      return partOfDay(reader, today, whole(oneDay(nearestWeekday(today.today, wanted, way)), today, 'days'));
    }
    if (word === 'weekend') return weekend(reader, today, lead);
    const said = lead ?? trailing;
    if (word === 'week' && lead === null) {
      const numbered = weekByNumber(reader, today);
      if (numbered) return numbered;
    }
    if (said === null || !isTimeUnit(word)) return monthWithLead(reader, today, lead);
    reader.position += lead === null ? 2 : 1;
    return whole(
      calendarUnit(today.today, word, offsetOf(said)),
      today,
      said === 'this' ? 'running' : 'days',
    );
  });

const offsetOf = (said: string): number => (said === 'last' ? -1 : said === 'next' ? 1 : 0);

/** Saturday and Sunday: the last one before today, or the one of this week when it has begun. */
const weekend = (reader: TimeReader, today: Today, lead: string | null): Period => {
  reader.position++;
  if (lead === null) reader.takeOne(['last', 'this']);
  const { from } = calendarUnit(today.today, 'week', lead === 'next' ? 0 : -1);
  return whole({ from: addDays(from, 5), to: addDays(from, 7) }, today, 'days');
};

/** "week 46", "KW 46": a week by its number in ISO 8601, the last such that began before now; "the week of 9 November". */
const weekByNumber = (reader: TimeReader, today: Today): Period | null =>
  reader.attempt(() => {
    reader.position++;
    const date = reader.attempt(() => {
      if (!reader.take('of')) return null;
      reader.take('-');
      return readDate(reader, today.today);
    });
    if (date) return whole(calendarUnit(date, 'week', 0), today, 'days');
    const number = reader.takeNumber(/^(\d{1,2})$/);
    if (number === null || number < 1 || number > 53 || isTimeUnit(reader.peek())) return null;
    // The week with 4 January is the first.
    const firstOf = (year: number) => calendarUnit({ year, month: 1, day: 4 }, 'week', number - 1);
    const thisYear = firstOf(today.today.year);
    return whole(
      isBefore(today.today, thisYear.from) ? firstOf(today.today.year - 1) : thisYear,
      today,
      'days',
    );
  });

/** "last November", said in one, is a year ago; "last October" is the last that began before now. */
const monthWithLead = (reader: TimeReader, today: Today, lead: string | null): Period | null => {
  const name = lead === null ? null : reader.takeOne(MONTHS);
  if (name === null) return null;
  const number = MONTHS.indexOf(name) + 1;
  const isNow = number === today.today.month;
  if (lead === 'this' && isNow) return whole(calendarUnit(today.today, 'month', 0), today, 'running');
  const ahead = number <= today.today.month ? 1 : 0;
  const year =
    lead === 'next' ? today.today.year + ahead : lead === 'last' && isNow ? today.today.year - 1 : null;
  return whole(monthDays(today.today, number, year), today, 'month');
};

/** 3 days ago, a week ago, vor 3 Tagen: that whole day; hours ago: from then on. */
const ago = (reader: TimeReader, today: Today): Period | null =>
  reader.attempt(() => {
    const before = reader.take('ago');
    const length = countAndTimeUnit(reader) ?? articleAndTimeUnit(reader);
    if (!length || (!before && !reader.take('ago'))) return null;
    if (length.unit === 'hour' || length.unit === 'minute') return back(length.count, length.unit, today);
    const at = countBack(today, length.count, length.unit);
    const day = Math.round((today.now - at) / DAY_MS);
    return whole(oneDay(addDays(today.today, -day)), today, 'days');
  });

/**
 * the beginning of the month, the end of this week: the first or the last day of it. Of a month by its name it is
 * the first ten days, or those from the 21st on.
 */
const edge = (reader: TimeReader, today: Today): Period | null =>
  reader.attempt(() => {
    reader.take('-');
    const side = reader.takeOne(['beginning', 'start', 'end']);
    if (side === null) return null;
    if (!reader.take('of')) return null;
    reader.take('of');
    reader.take('-');
    const said = reader.takeOne(['last', 'this', 'next']) ?? 'this';
    const first = side === 'beginning' || side === 'start';
    const month = reader.takeOne(MONTHS);
    if (month !== null) {
      const { from, to } = monthDays(today.today, MONTHS.indexOf(month) + 1, reader.takeNumber(YEAR));
      return whole(first ? { from, to: addDays(from, 10) } : { from: addDays(from, 20), to }, today, 'days');
    }
    const unit = reader.peek();
    if (!isTimeUnit(unit)) return null;
    reader.position++;
    const days = calendarUnit(today.today, unit, offsetOf(said));
    return whole(oneDay(first ? days.from : addDays(days.to, -1)), today, 'days');
  });

const YEAR = /^(20\d\d)$/;

/** Q3, the third quarter, 3e trimestre: its number. */
const quarterNumber = (reader: TimeReader): number | null =>
  reader.takeNumber(/^[qt]([1-4])$/) ??
  reader.attempt(() => {
    const word = ['first', 'second', 'third', 'fourth'].indexOf(reader.peek()) + 1;
    const number = word > 0 ? word : Number(/^([1-4])(?:st|nd|rd|th)$/.exec(reader.peek())?.[1] ?? 0);
    reader.position++;
    return number > 0 && reader.take('quarter') ? number : null;
  });

/** October, October 2025, Q3 2026 */
const month = (reader: TimeReader, today: Today, direction: Direction): Period | null =>
  reader.attempt(() => {
    const quarter = quarterNumber(reader);
    if (quarter !== null) {
      const year = reader.takeNumber(YEAR);
      const first = monthDays(today.today, quarter * 3 - 2, year).from;
      return whole({ from: first, to: calendarUnit(first, 'quarter', 1).from }, today, 'month');
    }
    // In "31 February" the number makes it a day, even where there is no such day.
    if (/^\d{1,2}$/.test(reader.peek(-1))) return null;
    const name = reader.takeOne(MONTHS);
    if (name === null) return null;
    reader.take('of');
    const number = MONTHS.indexOf(name) + 1;
    const ahead = direction === 'future' ? today.today.year + (number < today.today.month ? 1 : 0) : null;
    return whole(monthDays(today.today, number, reader.takeNumber(YEAR) ?? ahead), today, 'month');
  });
