import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, text } from './make-answer.ts';
import { listOf, loadNames, usersById } from './names.ts';
import { logsFrom, watchedSince } from './reach.ts';
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
  const logs = query.range && (await logsFrom(query.range, deps));
  return makeAnswer(query.intent, `No license change${which} was seen${whose}${when}.`, {
    blocks: text(
      [
        since === null
          ? 'The tenant has not been read completely yet, so there is nothing to compare with.'
          : `Licenses have been watched since ${formatTime(since, deps)}; what was before that is not known here.`,
        ...(logs === null ? [] : [logs]),
      ].join(' '),
    ),
    completeUntil: await completeUntil(store, deps),
    next: users.flatMap(({ state }) => [`licenses of ${state.userPrincipalName}`]).slice(0, 2),
  });
}
