import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import type { TimeRange } from '../query.ts';
import { addDays, addMonths, instant, localTime } from './calendar.ts';
import { nearestYear, readDate } from './time-dates.ts';
import { readHours, timeOfDay } from './time-hours.ts';
import { articleAndTimeUnit, countAndTimeUnit, type Length, shortLength } from './time-lengths.ts';
import { type Period, readPeriod } from './time-periods.ts';
import { TimeReader, type TimeToken } from './time-tokens.ts';
import {
  calendarUnit,
  countBack,
  lengthInDays,
  MONTHS,
  TIME_UNITS,
  type Today,
  WEEKDAYS,
} from './time-units.ts';

/** What a phrase says about time: a position (`range`, half open, ms UTC) or a length (`days`). */
export type TimePhrase = { from: number; to: number; meaning: TimeMeaning };

/**
 * `back` is the stretch that a length since then is, for questions about what happened: "since 2 days"; `ahead` the
 * one that it is from now on, for requests.
 * `next` is the next such month, day or date, for questions about what is to come. `end` is where a range that ends
 * now would end by itself: this week on Sunday. ms UTC.
 */
export type TimeMeaning =
  | { range: TimeRange; end?: number; next?: TimeRange }
  | { days: number; back?: TimeRange; ahead: TimeRange };

/**
 * All time phrases of a sentence, each with the first and the last but one of its words. Overlapping readings are
 * all returned; the caller takes the longest. `now` is ms UTC, days begin in `timeZone`.
 */
export function timePhrases(tokens: readonly TimeToken[], now: number, timeZone: string): TimePhrase[] {
  const last = tokens.findLastIndex(({ base }) => TELLING.has(base) || /\d/.test(base));
  if (last === -1) return [];
  const today = todayAt(now, timeZone);
  const found: TimePhrase[] = [];
  for (let start = 0; start <= last; start++) {
    if (!mayBegin(tokens[start]?.base ?? '')) continue;
    for (const rule of RULES) {
      const reader = new TimeReader(tokens, start);
      const meaning = rule(reader, today);
      if (meaning && reader.position > start) found.push({ from: start, to: reader.position, meaning });
    }
  }
  return found;
}

/** Base words that a phrase may begin with, besides numbers. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  ...'in on at during of for from within over by until since after before between to about last past next this'.split(
    ' ',
  ),
  ...'today yesterday tomorrow daybeforeyesterday weekend beginning start end half ago noon midnight'.split(
    ' ',
  ),
  ...'first second third fourth minute hour day week fortnight month quarter year - and'.split(' '),
  ...MONTHS,
  ...WEEKDAYS,
]);

/** Base words of which every phrase has one, besides numbers. */
const TELLING: ReadonlySet<string> = new Set([
  ...'today yesterday tomorrow daybeforeyesterday weekend noon midnight morning afternoon evening night'.split(
    ' ',
  ),
  ...TIME_UNITS,
  ...MONTHS,
  ...WEEKDAYS,
]);

const mayBegin = (base: string): boolean => BEGINNINGS.has(base) || /\d/.test(base);

function todayAt(now: number, timeZone: string): Today {
  const { day, minutes } = localTime(now, timeZone);
  return { now, timeZone, today: day, minutes };
}

type Rule = (reader: TimeReader, today: Today) => TimeMeaning | null;

const range = (from: number, to: number): TimeMeaning | null => (from < to ? { range: { from, to } } : null);

const LEADS = ['in', 'on', 'at', 'during', 'of', 'for', 'from', 'within', 'over', 'by', 'until'];

/** since Friday, after 12 November, since yesterday 14:00 */
const since: Rule = (reader, today) => {
  const word = reader.takeOne(['since', 'after']);
  if (word === null || reader.peek() === 'ago') return null;
  reader.take('-');
  const before = readPeriod(reader, today, 'past');
  const clock = before ? null : timeOfDay(reader);
  const period = before ?? readPeriod(reader, today, 'past');
  const onDay = period ?? (clock !== null && reader.take('on') ? readPeriod(reader, today, 'past') : null);
  if (!onDay) return clock === null ? null : range(instant(today.today, today.timeZone, clock), today.now);
  const at = clock ?? timeOfDay(reader);
  const begin = at !== null ? atTime(onDay, at, today) : word === 'after' ? onDay.to : onDay.from;
  return range(begin, today.now);
};

/** until Friday, until 1 December, before last week */
const until: Rule = (reader, today) => {
  const word = reader.takeOne(['until', 'before', 'by']);
  if (word === null) return null;
  reader.take('-');
  // "before the end of the year" is until the year ends.
  const before = word === 'before' && reader.peek() !== 'end';
  const date = reader.attempt(() => {
    const start = reader.position;
    const day = readDate(reader, today.today, before ? 'past' : 'future');
    const yearSaid = reader.tokens.slice(start, reader.position).some(({ base }) => /^20\d\d$/.test(base));
    return day && (yearSaid || before ? day : nearestYear(day, today.today));
  });
  const period = date
    ? { from: instant(date, today.timeZone), to: instant({ ...date, day: date.day + 1 }, today.timeZone) }
    : readPeriod(reader, today, before ? 'past' : 'future');
  if (!period) return untilClock(reader, word, today);
  const clock = timeOfDay(reader);
  const end = clock !== null ? period.from + clock * MINUTE_MS : before ? period.from : period.to;
  return range(end > today.now ? today.now : 0, end);
};

/** until 5pm, before 9am today, until midnight: of the day that is said, else of today, or tomorrow when it is past. */
function untilClock(reader: TimeReader, word: string, today: Today): TimeMeaning | null {
  const clock = timeOfDay(reader);
  if (clock === null) return null;
  reader.take('on');
  const day = readPeriod(reader, today, word === 'before' ? 'past' : 'future');
  const date = day ? localTime(day.from, today.timeZone).day : today.today;
  const end = instant(date, today.timeZone, clock === 0 && word !== 'before' ? DAY_MS / MINUTE_MS : clock);
  if (word === 'before' && end <= today.now) return range(instant(date, today.timeZone), end);
  return range(today.now, end > today.now ? end : instant(addDays(date, 1), today.timeZone, clock));
}

/** from 1 Nov to 15 Nov, between 1 and 15 November, Nov 3 to 10, 3-10 November */
const between: Rule = (reader, today) => {
  const lead = reader.takeOne(['from', 'between', 'of', 'since']);
  reader.take('-');
  const firstNumber = reader.attempt(() => {
    const day = reader.takeNumber(/^(\d{1,2})(?:st|nd|rd|th)?$/);
    return day !== null && joins(reader, lead) ? day : null;
  });
  if (firstNumber !== null) {
    const last = readDate(reader, today.today);
    if (!last || firstNumber > last.day) return null;
    return range(
      instant({ ...last, day: firstNumber }, today.timeZone),
      instant({ ...last, day: last.day + 1 }, today.timeZone),
    );
  }
  const first = readPeriod(reader, today, 'past');
  if (!first || !joins(reader, lead)) return null;
  reader.take('-');
  const last = readPeriod(reader, today, 'past');
  if (last) return range(first.from, last.kind === 'running' ? Math.min(last.to, today.now) : last.to);
  if (reader.take('now')) return range(first.from, today.now);
  const day = first.kind === 'date' ? reader.takeNumber(/^(\d{1,2})(?:st|nd|rd|th)?$/) : null;
  if (day === null) return null;
  const begin = localTime(first.from, today.timeZone).day;
  return range(first.from, instant({ ...begin, day: day + 1 }, today.timeZone));
};

/** "and" joins two ends only after "between". */
const joins = (reader: TimeReader, lead: string | null): boolean =>
  reader.takeOne(lead === 'between' ? ['and', 'to'] : ['to', 'until', 'through']) !== null ||
  /^ ?[-–—] ?$/.test(reader.glue());

/** yesterday, on Friday, last week, in October, the last 7 days */
const during: Rule = (reader, today) => {
  const lead = reader.takeOne(LEADS);
  reader.take('-');
  const start = reader.position;
  const period = readPeriod(reader, today, 'past');
  if (!period || (period.kind === 'month' && isWeak(lead))) return null;
  if (period.kind === 'running') {
    // The end of a stretch that is not over is now; "today" at midnight is an instant long.
    return { range: { from: period.from, to: Math.max(today.now, period.from + 1) }, end: period.to };
  }
  const meaning = range(period.from, period.kind === 'date' && lead === 'from' ? today.now : period.to);
  const yearSaid = /^20\d\d$/.test(reader.peek(-1));
  const next = yearSaid ? null : nextSuch(period, new TimeReader(reader.tokens, start), today);
  return meaning && next ? { ...meaning, next } : meaning;
};

/** The same month or date of the next year, the next such weekday; null for what is said otherwise. */
function nextSuch(period: Period, reader: TimeReader, today: Today): TimeRange | null {
  if (period.kind === 'month' || period.kind === 'date') return yearOn(period, today);
  const ahead = readPeriod(reader, today, 'future');
  return ahead && ahead.from > period.from ? { from: ahead.from, to: ahead.to } : null;
}

const yearOn = ({ from, to }: Period, { timeZone }: Today): TimeRange => ({
  from: instant(addMonths(localTime(from, timeZone).day, 12), timeZone),
  to: instant(addMonths(localTime(to, timeZone).day, 12), timeZone),
});

/** "of May" and "for May" may as well be about a person; a month needs "in", or to stand alone. */
const isWeak = (lead: string | null): boolean =>
  lead !== null && ['from', 'by', 'until', 'on', 'at'].includes(lead);

/** in 2025; "2025" alone, too, when it has begun */
const year: Rule = (reader, today) => {
  const lead = reader.takeOne(['in', 'during', 'of']);
  const glue = reader.glue();
  const said = reader.takeNumber(/^(20\d\d)$/);
  if (said === null || (lead === null && (said > today.today.year || glue !== ''))) return null;
  const days = calendarUnit({ year: said, month: 1, day: 1 }, 'year', 0);
  return range(instant(days.from, today.timeZone), instant(days.to, today.timeZone));
};

/** unused for 90 days, in the next 30 days, for a week; lengths below a day are a range from now on. */
const length: Rule = (reader, today) => {
  const lead = reader.takeOne(['for', 'in', 'within', 'during', 'over', 'since', 'of']);
  reader.take('-');
  reader.takeOne(['over', 'about']);
  const next = reader.take('next');
  // "desde hace 90 días": Spanish puts the "ago" of a length before it.
  const spanish = lead === 'since' && reader.take('ago');
  const counted = shortLength(reader) ?? countAndTimeUnit(reader);
  const said =
    counted ?? (lead === 'for' || lead === 'within' || lead === 'during' ? articleAndTimeUnit(reader) : null);
  if (
    !said ||
    (lead === null && next === false && said.unit === 'hour') ||
    (!spanish && reader.peek() === 'ago')
  )
    return null;
  const days = lengthInDays(said.count, said.unit);
  const ahead = aheadOf(said, today);
  if (days === null) return range(ahead.from, ahead.to);
  return lead === 'since'
    ? { days, back: { from: today.now - days * DAY_MS, to: today.now }, ahead }
    : { days, ahead };
};

/** The stretch from now on that a length is; months and years keep the time of day. */
const aheadOf = ({ count, unit }: Length, today: Today): TimeRange => ({
  from: today.now,
  to: countBack(today, -count, unit),
});

/** "demp Adele een uur", "eine Woche stummschalten": a length of one unit, which only a request means so. ms UTC. */
export function lengthAhead(tokens: readonly TimeToken[], now: number, timeZone: string): TimeRange | null {
  const said = oneUnitIn(tokens);
  return said && aheadOf(said, todayAt(now, timeZone));
}

/** "verleng regel 2 met een maand", "another week", "d'un an": the days of a length of one unit; null without one. */
export function daysOfOneUnit(tokens: readonly TimeToken[]): number | null {
  const said = oneUnitIn(tokens);
  return said && lengthInDays(said.count, said.unit);
}

/** Words before one unit of time: "another week", "one more month", "noch einen Monat". */
const ONE = ['-', 'by', 'another', 'one', '1', 'more', 'extra', 'whole', 'full'];

function oneUnitIn(tokens: readonly TimeToken[]): Length | null {
  for (let start = 0; start < tokens.length; start++) {
    const reader = new TimeReader(tokens, start);
    if (reader.takeOne(ONE) === null) continue;
    while (reader.takeOne(ONE) !== null);
    const said = articleAndTimeUnit(reader);
    if (said) return said;
  }
  return null;
}

/** between 10:00 and 12:00 yesterday */
const hoursOfDay: Rule = (reader, today) => {
  const found = readHours(reader, today);
  return found && range(found.from, found.to);
};

const RULES: readonly Rule[] = [since, until, between, during, year, length, hoursOfDay];

const atTime = (period: Period, minutes: number, { timeZone }: Today): number =>
  instant(localTime(period.from, timeZone).day, timeZone, minutes);
