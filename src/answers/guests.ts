import { heldSkus } from '../domain/license/user-state.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { listOf, loadNames } from './names.ts';
import { fromPresentUsers } from './present-users.ts';
import { count } from './times.ts';

/** Guests who hold a license. */
export async function guests(query: Query, deps: AnswerDeps): Promise<Answer> {
  const names = await loadNames(deps.store);
  const { kept, total } = await fromPresentUsers(deps.store, (user) => {
    if (user.userType?.toLowerCase() !== 'guest') return [];
    const held = [...heldSkus(user)].filter((skuId) => query.skus.length === 0 || query.skus.includes(skuId));
    return held.length === 0
      ? []
      : [[user.displayName, user.userPrincipalName, listOf(held.map(names.product))]];
  });
  return makeAnswer(
    'guests',
    total === 0 ? 'No guest has a license.' : `${count(total, 'guest')} with a license.`,
    {
      blocks: table(['Guest', 'Sign-in name', 'Products'], kept, total),
      completeUntil: await completeUntil(deps.store, deps),
    },
  );
}
