import { addDays, addMonths, type CalendarDay, isBefore, isRealDay, weekday } from './calendar.ts';
import type { TimeReader } from './time-tokens.ts';
import { MONTHS, WEEKDAYS } from './time-units.ts';

const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th)$/;
const DAY_OF_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?$/;
const YEAR = /^((?:19|20)\d\d)$/;

/** A date said in full, in numbers or with the name of the month; null when there is none at the reader's position. */
export const readDate = (
  reader: TimeReader,
  today: CalendarDay,
  direction: 'past' | 'future' = 'past',
): CalendarDay | null =>
  reader.attempt(() => {
    const named = reader.takeOne(WEEKDAYS);
    const date =
      isoDate(reader) ??
      compactDate(reader) ??
      numericDate(reader, today) ??
      monthDate(reader, today) ??
      ordinalDay(reader, today, direction);
    if (!date || !isRealDay(date)) return null;
    return named !== null && weekday(date) !== WEEKDAYS.indexOf(named) + 1 ? null : date;
  });

/** 2026-11-01 */
const isoDate = (reader: TimeReader): CalendarDay | null =>
  reader.attempt(() => {
    const year = reader.takeNumber(YEAR);
    if (year === null || !/^[-/.]$/.test(reader.glue())) return null;
    const month = reader.takeNumber();
    // A time may follow in the same word, as in 2026-11-01T10:30.
    const day = reader.takeNumber(/^(\d{1,2})(?:t\d{1,2})?$/);
    return month === null || day === null ? null : { year, month, day };
  });

/** 20261101 */
const compactDate = (reader: TimeReader): CalendarDay | null =>
  reader.attempt(() => {
    const match = /^(20\d\d)(\d\d)(\d\d)$/.exec(reader.peek());
    if (!match) return null;
    reader.position++;
    const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
    return { year, month, day };
  });

/**
 * 1.11.2026, 1/11/26, 20/11. The day comes first, as everywhere but in the United States; the month does where
 * the other reading is no date or lies ahead.
 */
const numericDate = (reader: TimeReader, today: CalendarDay): CalendarDay | null =>
  reader.attempt(() => {
    const first = reader.takeNumber(/^(\d{1,2})$/);
    if (first === null || !/^[-/.]$/.test(reader.glue())) return null;
    const glue = reader.glue();
    const second = reader.takeNumber(/^(\d{1,2})$/);
    if (second === null) return null;
    const written = reader.glue() === glue ? reader.takeNumber(/^(\d{2}|\d{4})$/) : null;
    const year = written === null ? null : written < 100 ? 2000 + written : written;
    const dayFirst = withYear({ month: second, day: first }, year, today);
    const monthFirst = withYear({ month: first, day: second }, year, today);
    if (glue === '.' || !isRealDay(monthFirst)) return dayFirst;
    if (!isRealDay(dayFirst)) return monthFirst;
    return year !== null && isBefore(today, dayFirst) && !isBefore(today, monthFirst) ? monthFirst : dayFirst;
  });

/** 12 November, the 12th of November 2026, Nov 12th */
const monthDate = (reader: TimeReader, today: CalendarDay): CalendarDay | null =>
  reader.attempt(() => {
    reader.take('-');
    let day = reader.takeNumber(DAY_OF_MONTH);
    if (day !== null) reader.take('of');
    const month = reader.takeOne(MONTHS);
    if (month === null) return null;
    if (day === null) {
      reader.take('-');
      day = reader.takeNumber(DAY_OF_MONTH);
    }
    if (day === null) return null;
    return withYear({ month: MONTHS.indexOf(month) + 1, day }, reader.takeNumber(YEAR), today);
  });

/**
 * "the 12th": of this month, or of the last one when that is still to come; for a deadline of this month or the next.
 * "the 3rd of last month" says which.
 */
const ordinalDay = (
  reader: TimeReader,
  today: CalendarDay,
  direction: 'past' | 'future',
): CalendarDay | null =>
  reader.attempt(() => {
    reader.take('-');
    const day = reader.takeNumber(ORDINAL);
    if (day === null) return null;
    const which = reader.attempt(() => {
      reader.take('of');
      reader.take('-');
      const said = ['this', 'last', 'next'].indexOf(reader.takeOne(['this', 'last', 'next']) ?? '');
      return said >= 0 && reader.take('month') ? [0, -1, 1][said] : null;
    });
    const usual = direction === 'future' ? (day < today.day ? 1 : 0) : day > today.day ? -1 : 0;
    return { ...addMonths({ ...today, day: 1 }, which ?? usual), day };
  });

/** Without a year, the last such day that is not ahead; a deadline moves it on with `nearestYear`. */
const withYear = (
  { month, day }: { month: number; day: number },
  year: number | null,
  today: CalendarDay,
): CalendarDay => {
  if (year !== null) return { year, month, day };
  const thisYear = { year: today.year, month, day };
  return isBefore(today, thisYear) ? { ...thisYear, year: today.year - 1 } : thisYear;
};

/** The same date in the year where it is nearest to today, for "until 1 December". */
export const nearestYear = (date: CalendarDay, today: CalendarDay): CalendarDay => {
  const next = { ...date, year: date.year + 1 };
  const halfYearAgo = addDays(today, -183);
  return isBefore(date, halfYearAgo) && !isBefore(addDays(today, 183), next) ? next : date;
};
