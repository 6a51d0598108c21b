import { listed } from '../../domain/english.ts';
import { gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, text } from '../answer/make-answer.ts';
import { ALL_TIMES, logsFrom, reachOf } from '../scope/reach.ts';
import { formatRange } from '../times/times.ts';
import { completeUntil } from '../words/completeness.ts';
import { loadNames, type Names, usersById } from '../words/names.ts';

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
  const seen = reach.lead(`No license change${which} was seen${whose}${when}.`);
  return makeAnswer(query.intent, [...heldNow(users, query, names), seen].join(' '), {
    blocks: text(logs),
    completeUntil: await completeUntil(store, deps),
    next: users.flatMap(({ state }) => [`licenses of ${state.userPrincipalName}`]).slice(0, 2),
  });
}

/** "Joni Sherman has Microsoft 365 E3 through LIC-E3.": why somebody has a product needs no change. */
function heldNow(users: readonly StoredUser[], { skus, range, days }: Query, names: Names): string[] {
  const [user] = users.length === 1 ? users : [];
  if (!user || user.removedAt !== null || range !== null || days !== null) return [];
  const held = user.state.assignments.filter((one) => gives(one) && skus.includes(one.skuId));
  return [...Map.groupBy(held, ({ skuId }) => skuId)].map(
    ([skuId, ways]) =>
      `${user.state.displayName} has ${names.product(skuId)} ${listed(ways.map(({ path }) => names.path(path)))}.`,
  );
}
