import type { TimeReader } from './time-tokens.ts';
import { isTimeUnit, type TimeUnit } from './time-units.ts';

/** A number of units of time: 3 weeks. */
export type Length = { count: number; unit: TimeUnit };

const COUNT = /^(\d{1,4})$/;

/** "an hour and a half" */
export const andAHalf = (reader: TimeReader): boolean =>
  reader.take('and', '-', 'half') || reader.take('and', 'half') || reader.take('and', '1', 'half');

/** What half a unit is. */
const HALVES: Readonly<Record<string, Length>> = {
  year: { count: 6, unit: 'month' },
  day: { count: 12, unit: 'hour' },
  hour: { count: 30, unit: 'minute' },
};

/** "half an hour", "half a year" */
const halfTimeUnit = (reader: TimeReader): Length | null =>
  reader.attempt(() => {
    reader.take('-');
    if (!reader.take('half')) return null;
    reader.take('-');
    const half = HALVES[reader.peek()] ?? null;
    reader.position++;
    return half;
  });

/** "7 days", "2 weeks", "half an hour" */
export const countAndTimeUnit = (reader: TimeReader): Length | null =>
  reader.attempt(() => {
    const half = halfTimeUnit(reader);
    if (half) return half;
    const count = reader.takeNumber(COUNT);
    if (count === null) return null;
    reader.take('of');
    const unit = reader.peek();
    if (!isTimeUnit(unit)) return null;
    reader.position++;
    return { count, unit };
  });

/** "24h", "7d", "2w" */
export const shortLength = (reader: TimeReader): Length | null => {
  const match = /^(\d{1,4})([hdw])$/.exec(reader.peek());
  if (!match) return null;
  reader.position++;
  const unit = ({ h: 'hour', d: 'day', w: 'week' } as const)[match[2] as 'h' | 'd' | 'w'];
  return { count: Number(match[1]), unit };
};

/** "a week", "an hour" */
export const articleAndTimeUnit = (reader: TimeReader): Length | null =>
  reader.attempt(() => {
    reader.take('-');
    const unit = reader.peek();
    if (!isTimeUnit(unit)) return null;
    reader.position++;
    return { count: 1, unit };
  });
