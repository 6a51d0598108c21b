import type { StoredUser } from '../domain/ports.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, text } from './make-answer.ts';
import { listOf, loadNames, usersById } from './names.ts';
import { formatRange, formatTime } from './times.ts';

/** "No license change of Rick was seen": says since when we watch, for what was before that nobody here knows. */
export async function noChanges(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const users = [...(await usersById(store, query.people)).values()];
  const names = await loadNames(store);
  const whose = users.length > 0 ? ` for ${listOf(users.map(({ state }) => state.displayName))}` : '';
  const which = query.skus.length > 0 ? ` of ${listOf(query.skus.map(names.product))}` : '';
  const when = query.range ? ` ${formatRange(query.range, deps)}` : '';
  const first = users.length > 0 ? Math.min(...users.map(({ firstSeenAt }) => firstSeenAt)) : null;
  const since = first ?? (await watchedSince(deps));
  return makeAnswer(query.intent, `No license change${which} was seen${whose}${when}.`, {
    blocks: text(
      since === null
        ? 'The tenant has not been read completely yet, so there is nothing to compare with.'
        : `Licenses have been watched since ${formatTime(since, deps)}; what was before that is not known here.`,
    ),
    completeUntil: await completeUntil(store, deps),
    next: users.flatMap(({ state }) => [`licenses of ${state.userPrincipalName}`]).slice(0, 2),
  });
}

/** For a range that begins before anything was watched: from when on we can say anything. */
export async function watchedFrom(
  range: Query['range'],
  people: readonly StoredUser[],
  deps: AnswerDeps,
): Promise<string | null> {
  if (range === null) return null;
  const since =
    people.length > 0 ? Math.min(...people.map(({ firstSeenAt }) => firstSeenAt)) : await watchedSince(deps);
  return since !== null && range.from < since
    ? `Licenses have been watched since ${formatTime(since, deps)}; what was before that is not known here.`
    : null;
}

/** When the first person was first seen: the first complete read, ms UTC; null before it. */
async function watchedSince({ store }: AnswerDeps): Promise<number | null> {
  for await (const chunk of store.users.all()) {
    const [first] = chunk;
    if (first) return first.firstSeenAt;
  }
  return null;
}
