import { listed } from '../../domain/english.ts';
import { heldSkus } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { stateRead } from '../words/completeness.ts';
import { loadNames } from '../words/names.ts';

/** Guests who hold a license. */
export async function guests(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { skus } = query;
  const names = await loadNames(deps.store);
  const { shown, total, rest } = await pageOfUsers({ kind: 'guests', skuIds: skus }, query, deps);
  const rows = shown.map(({ state }) => {
    const held = [...heldSkus(state)].filter((skuId) => skus.length === 0 || skus.includes(skuId));
    const enabled = state.accountEnabled === false ? 'no' : 'yes';
    return [state.displayName, state.userPrincipalName, listed(held.map(names.product)), enabled];
  });
  const what = skus.length === 0 ? 'a license' : listed(skus.map(names.product), 'or');
  return makeAnswer(
    'guests',
    total === 0 ? `No guest has ${what}.` : `${count(total, 'guest')} with ${what}.`,
    {
      blocks: [
        ...pageTable(['Guest', 'Sign-in name', 'Products', 'May sign in'], rows),
        ...text(total === 0 ? null : 'Each takes a seat, as a member does.'),
      ],
      completeUntil: await stateRead(deps.store, deps),
      next: shown.slice(0, 1).flatMap(({ state }) => [`history of ${state.userPrincipalName}`, 'free seats']),
      ...rest,
    },
  );
}
