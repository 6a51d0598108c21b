import { DAY_MS } from '../durations.ts';
import type { Read } from './matcher.ts';
import { instantOf, wallTime, weekdayOf } from './wall-time.ts';

/** A stretch of each of these days (Monday is 1): minutes since midnight; `to` up to `from` lies on the next day. */
export type QuietSpan = { days: readonly number[]; from: number; to: number };

/** When nothing rings. None: never. */
export type QuietHours = readonly QuietSpan[];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*';
const SPAN = new RegExp(
  `^(?:(${DAY})(?:\\s*[-–:]\\s*(${DAY}))?\\s+)?(\\d{1,2}):(\\d{2})\\s*[-–]\\s*(\\d{1,2}):(\\d{2})$`,
  'i',
);
const HOW = 'write it as 22:00-07:00, or with days as Mon-Fri 19:00-07:00, Sat-Sun 00:00-24:00';

/** A time of day as minutes since midnight; null where it is none. "24:00" is the end of a day. */
export function minutesOf(hour: string, minute: string): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 24 * 60 ? minutes : null;
}

/** Reads "22:00-07:00", or several stretches with days of the week, with commas between them. */
export function readQuietHours(text: string): Read<QuietHours> {
  const spans: QuietSpan[] = [];
  for (const part of text.split(',')) {
    const [, first, last, h1 = '', m1 = '', h2 = '', m2 = ''] = SPAN.exec(part.trim()) ?? [];
    const [from, to] = [minutesOf(h1, m1), minutesOf(h2, m2)];
    if (h1 === '' || from === null || to === null || from === 24 * 60) {
      return { ok: false, problem: `“${part.trim()}” are no quiet hours: ${HOW}` };
    }
    if (from === to) {
      return {
        ok: false,
        problem: `“${part.trim()}” begins when it ends: for a whole day write 00:00-24:00`,
      };
    }
    spans.push({ days: daysOf(first, last), from, to });
  }
  return isEndless(spans)
    ? {
        ok: false,
        problem: `“${text.trim()}” is quiet the whole week, so that nothing held back would ever come`,
      }
    : { ok: true, value: spans };
}

/** "Fri" to "Mon" goes over Sunday. */
function daysOf(first: string | undefined, last: string | undefined): number[] {
  if (first === undefined) return EVERY_DAY;
  const numberOf = (name: string): number => DAYS.indexOf(name.slice(0, 3).toLowerCase());
  const from = numberOf(first);
  const length = ((numberOf(last ?? first) - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from + index) % 7) + 1);
}

/** Looked at in a week of UTC, which has no change of the clock. */
function isEndless(spans: QuietHours): boolean {
  return spans.length > 0 && (quietUntil(spans, 0, 'UTC') ?? 0) > 8 * DAY_MS;
}

/** No stretch is longer than a day, and more than this many in a row have no end. */
const MAX_IN_A_ROW = 64;

/**
 * When the quiet ends in which an instant lies, ms UTC; null where it lies in none. Stretches that touch are one. It
 * begins and ends when the wall shows it, so that a night with a change of the clock is an hour shorter or longer.
 */
export function quietUntil(quiet: QuietHours, now: number, timeZone: string): number | null {
  let until = now;
  for (let more = 0; more < MAX_IN_A_ROW; more++) {
    const end = endOf(quiet, until, timeZone);
    if (end === null) break;
    until = end;
  }
  return until === now ? null : until;
}

function endOf(quiet: QuietHours, at: number, timeZone: string): number | null {
  const today = wallTime(at, timeZone).day;
  const ends = [today - 1, today].flatMap((day) =>
    quiet
      .filter(({ days }) => days.includes(weekdayOf(day)))
      .flatMap(({ from, to }) => {
        const begin = instantOf(day, from, timeZone, 'first');
        const end = instantOf(to > from ? day : day + 1, to, timeZone, 'last');
        return begin <= at && at < end ? [end] : [];
      }),
  );
  return ends.length === 0 ? null : Math.max(...ends);
}
