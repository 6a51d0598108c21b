import { listed } from '../../domain/english.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, text } from '../answer/make-answer.ts';
import { ALL_TIMES, logsFrom, reachOf } from '../scope/reach.ts';
import { completeUntil } from '../words/completeness.ts';
import { loadNames, usersById } from '../words/names.ts';
import { formatRange } from '../words/times.ts';

/** "No license change of Rick was seen": says since when we watch, for what was before that nobody here knows. */
export async function noChanges(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const users = [...(await usersById(store, query.people)).values()];
  const names = await loadNames(store);
  const whose = users.length > 0 ? ` for ${listed(users.map(({ state }) => state.displayName))}` : '';
  const which = query.skus.length > 0 ? ` of ${listed(query.skus.map(names.product))}` : '';
  const reach = await reachOf(query.range ?? ALL_TIMES, users, deps);
  const when = query.range && reach.range ? ` ${formatRange(reach.range, deps)}` : '';
  const logs = query.range && (await logsFrom(query.range, deps));
  return makeAnswer(query.intent, reach.lead(`No license change${which} was seen${whose}${when}.`), {
    blocks: text(logs),
    completeUntil: await completeUntil(store, deps),
    next: users.flatMap(({ state }) => [`licenses of ${state.userPrincipalName}`]).slice(0, 2),
  });
}
