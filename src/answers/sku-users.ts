import { gives } from '../domain/license/user-state.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { listOf, loadNames } from './names.ts';
import { fromPresentUsers } from './present-users.ts';
import { count } from './times.ts';

/** Who has a product, and by which path. */
export async function skuUsers(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  if (query.skus.length === 0) {
    return makeAnswer('sku-users', 'Which product? For example “who has Visio”.', { next: ['free seats'] });
  }
  const names = await loadNames(store);
  const { kept, total } = await fromPresentUsers(store, (user) => {
    const held = user.assignments.filter(
      (assignment) => gives(assignment) && query.skus.includes(assignment.skuId),
    );
    if (held.length === 0) return [];
    const products = [...new Set(held.map(({ skuId }) => names.product(skuId)))];
    const paths = [...new Set(held.map(({ path }) => names.path(path)))];
    return [[user.displayName, user.userPrincipalName, listOf(products), listOf(paths)]];
  });
  const product = query.skus.map(names.product).join(' or ');
  return makeAnswer(
    'sku-users',
    total === 0
      ? `Nobody has ${product}.`
      : `${count(total, 'user')} ${total === 1 ? 'has' : 'have'} ${product}.`,
    {
      blocks: table(['User', 'Sign-in name', 'Product', 'Assigned'], kept, total),
      completeUntil: await completeUntil(store, deps),
      next: [`how many seats of ${names.product(query.skus[0] ?? '')} are left`],
    },
  );
}
