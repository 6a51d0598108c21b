import { LOG_NAMES } from '../../domain/audit/log-names.ts';
import { listed } from '../../domain/english.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { TimeRange } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';

/** How far an answer can reach back. */
export type Reach = {
  /** Since when the people (or anybody) have been watched, ms UTC; null before the first complete read. */
  since: number | null;
  /** The part of the range that was watched; null when none was. */
  range: TimeRange | null;
  /** The lead of an answer whose sentence says what was seen in `range`: what was not watched is not "nobody". */
  lead(sentence: string): string;
};

/**
 * What of a range was watched: from the first complete read on, or the first one that saw the people.
 * @param people who the question is about; none: everybody
 */
export async function reachOf(
  range: TimeRange,
  people: readonly StoredUser[],
  deps: AnswerDeps,
): Promise<Reach> {
  const since =
    people.length > 0 ? Math.min(...people.map(({ firstSeenAt }) => firstSeenAt)) : await watchedSince(deps);
  if (since === null && (await deps.store.scans.lastWhole()) !== null) {
    // Who sees nobody is told of nobody.
    return { since, range, lead: (sentence) => sentence };
  }
  if (since === null) {
    const nothing = 'I have not read the tenant completely yet, so I cannot say.';
    return { since, range: null, lead: () => nothing };
  }
  if (range.from >= since) return { since, range, lead: (sentence) => sentence };
  const watched = `I have watched since ${formatTime(since, deps)}; before that I cannot say.`;
  return range.to <= since
    ? { since, range: null, lead: () => watched }
    : { since, range: { from: since, to: range.to }, lead: (sentence) => `${watched} ${sentence}` };
}

/** For an answer that nobody asked to reach back: it says nothing of what was before. */
export const wholeRange = (range: TimeRange): Reach => ({ since: null, range, lead: (sentence) => sentence });

/** All times, for a question that names none. */
export const ALL_TIMES: TimeRange = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** "The Entra audit log is known from 20 Nov 08:00 on …", for a range that begins before; null when none does. */
export async function logsFrom({ from }: TimeRange, deps: AnswerDeps): Promise<string | null> {
  const late = (await deps.store.audit.coverage()).flatMap(({ source, completeFrom }) =>
    completeFrom !== null && completeFrom !== undefined && from < completeFrom
      ? [`the ${LOG_NAMES[source]} from ${formatTime(completeFrom, deps)} on`]
      : [],
  );
  return late.length === 0
    ? null
    : `Audit records are complete in ${listed(late)}; earlier ones may be missing.`;
}

/** When the first people were first seen: the first complete read, ms UTC; null before it. */
export async function watchedSince({ store }: Pick<AnswerDeps, 'store'>): Promise<number | null> {
  for await (const chunk of store.users.all()) {
    if (chunk.length > 0) return Math.min(...chunk.map(({ firstSeenAt }) => firstSeenAt));
  }
  return null;
}
