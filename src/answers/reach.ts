import type { StoredUser } from '../domain/ports.ts';
import type { TimeRange } from '../language/query.ts';
import { SOURCE_NAMES } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { listOf } from './names.ts';
import { formatTime } from './times.ts';

/**
 * For a range that begins before somebody was watched, or before a log speaks: from when on each can say anything.
 * Null when the range asks for nothing that is not known.
 * @param people whom the question is about; none: everybody
 */
export async function reachText(
  range: TimeRange | null,
  people: readonly StoredUser[],
  deps: AnswerDeps,
): Promise<string | null> {
  if (range === null) return null;
  const since =
    people.length > 0 ? Math.min(...people.map(({ firstSeenAt }) => firstSeenAt)) : await watchedSince(deps);
  const watched =
    since !== null && range.from < since
      ? `Licenses have been watched since ${formatTime(since, deps)}; what was before that is not known here.`
      : null;
  const parts = [watched, await logsFrom(range, deps)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

/** "The Entra log is known from 20 Nov 08:00 on …", for a range that begins before; null when none does. */
export async function logsFrom({ from }: TimeRange, deps: AnswerDeps): Promise<string | null> {
  const late = (await deps.store.audit.coverage()).flatMap(({ source, completeFrom }) =>
    completeFrom !== null && completeFrom !== undefined && from < completeFrom
      ? [`the ${SOURCE_NAMES[source]} from ${formatTime(completeFrom, deps)} on`]
      : [],
  );
  return late.length === 0
    ? null
    : `Who did it is told by ${listOf(late)}; of what was recorded before, something may be missing.`;
}

/** When the first person was first seen: the first complete read, ms UTC; null before it. */
export async function watchedSince({ store }: Pick<AnswerDeps, 'store'>): Promise<number | null> {
  for await (const chunk of store.users.all()) {
    const [first] = chunk;
    if (first) return first.firstSeenAt;
  }
  return null;
}
