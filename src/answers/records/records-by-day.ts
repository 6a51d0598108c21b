import { perZone } from '../../domain/time-formats.ts';
import type { TimeRange } from '../../language/query.ts';
import type { ChartBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';

/** More bars than these have no room: then each is of several days. */
const MOST_BARS = 31;
const DAY_MS = 86_400_000;

const dayIn = perZone({ day: 'numeric', month: 'short' });

/**
 * How many records there were on each day of the asker's time zone, also on those without any.
 * @param quarters numbers of records by time, ms UTC
 */
export function recordsByDay(
  quarters: readonly { at: number; records: number }[],
  { from, to }: TimeRange,
  { timeZone, now }: AnswerDeps,
): ChartBlock[] {
  const until = Math.min(to, now);
  const first = Math.max(from, Math.min(...quarters.map(({ at }) => at)));
  if (quarters.length === 0 || until - first <= DAY_MS) return [];
  const format = dayIn(timeZone);
  const days = new Map<string, number>();
  for (let at = first; at < until; at += DAY_MS / 4) days.set(format.format(at), 0);
  for (const { at, records } of quarters) {
    const day = format.format(at);
    days.set(day, (days.get(day) ?? 0) + records);
  }
  const all = [...days];
  const each = Math.ceil(all.length / MOST_BARS);
  const bars = [];
  for (let start = 0; start < all.length; start += each) {
    const some = all.slice(start, start + each);
    const value = some.reduce((sum, [, records]) => sum + records, 0);
    const label = some.length === 1 ? (some[0]?.[0] ?? '') : `${some[0]?.[0]} to ${some.at(-1)?.[0]}`;
    bars.push({ label, parts: value === 0 ? [] : [{ legend: 'Records', value, tone: 'used' as const }] });
  }
  return bars.length < 2 ? [] : [{ kind: 'chart', title: 'Records by day', bars }];
}
