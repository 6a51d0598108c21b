import { DAY_MS } from '../../domain/durations.ts';
import type { Query } from '../../language/query.ts';

/** The end that a sentence names, ms UTC: "until Friday", "for 2 days"; null when it names none ahead of `now`. */
export function untilOf({ range, days }: Pick<Query, 'range' | 'days'>, now: number): number | null {
  if (range !== null) return range.to > now ? range.to : null;
  return days === null ? null : now + days * DAY_MS;
}
