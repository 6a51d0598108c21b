import { LEVELS } from '../../domain/detection/rule.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../words/times.ts';
import type { Matter } from './matter.ts';

/** Open alerts of detections about the people that were named, or all of them: the gravest first. */
export async function securityMatters(
  { people, skus, groups }: Query,
  { store, now, timeZone }: AnswerDeps,
): Promise<Matter[]> {
  // Alerts name people; they are about no product and no licensing group.
  if (people.length === 0 && skus.length + groups.length > 0) return [];
  const open = (await store.security.open()).filter(
    ({ level, userIds }) =>
      level !== 'informational' && (people.length === 0 || userIds.some((id) => people.includes(id))),
  );
  return open
    .toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || b.lastAt - a.lastAt)
    .map(({ words, level, firstAt, snoozedUntil }) => ({
      what: `${words.title} (${level}${snoozedUntil !== null && snoozedUntil > now ? ', snoozed' : ''})`,
      when: `since ${formatTime(firstAt, { timeZone, now })}`,
      next: level === 'low' ? 'Look whether it was meant.' : 'Decide on its card.',
    }));
}
