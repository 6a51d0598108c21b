import type { Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';
import { openAlerts } from '../words/detections-text.ts';
import type { Matter } from './matter.ts';

/** Open alerts of detections about the people that were named, or all of them: the gravest first. */
export async function securityMatters(query: Query, deps: AnswerDeps): Promise<Matter[]> {
  const { now, timeZone } = deps;
  return (await openAlerts(query, deps)).map(({ words, level, firstAt, snoozedUntil }) => ({
    what: `${words.title} (${level}${snoozedUntil !== null && snoozedUntil > now ? ', snoozed' : ''})`,
    when: `since ${formatTime(firstAt, { timeZone, now })}`,
    next: level === 'low' ? 'Look whether it was meant.' : 'Decide on its card.',
  }));
}
