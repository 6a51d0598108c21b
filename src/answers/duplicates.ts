import { gives, heldSkus } from '../domain/license/user-state.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { listOf, loadNames } from './names.ts';
import { fromPresentUsers } from './present-users.ts';
import { count } from './times.ts';

/** Who has one product by several paths or, when several products are named, more than one of them. */
export async function duplicates(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const names = await loadNames(store);
  const several = query.skus.length > 1;
  const { kept, total } = await fromPresentUsers(store, (user) => {
    if (several) {
      const held = [...heldSkus(user)].filter((skuId) => query.skus.includes(skuId));
      return held.length > 1 ? [[user.displayName, listOf(held.map(names.product)), '']] : [];
    }
    const bySku = Map.groupBy(user.assignments.filter(gives), ({ skuId }) => skuId);
    return [...bySku]
      .filter(([skuId, paths]) => paths.length > 1 && (query.skus.length === 0 || query.skus.includes(skuId)))
      .map(([skuId, paths]) => [
        user.displayName,
        names.product(skuId),
        listOf(paths.map(({ path }) => names.path(path))),
      ]);
  });
  const what = several ? 'more than one of these products' : 'a product by more than one path';
  return makeAnswer(
    'duplicates',
    total === 0
      ? `Nobody has ${what}.`
      : several
        ? `${count(total, 'user')} with ${what}. Each takes a seat.`
        : `${count(total, 'case')} of ${what}. Microsoft counts such a product as one seat; losing one path takes nothing away.`,
    {
      blocks: table(
        several ? ['User', 'Products'] : ['User', 'Product', 'Assigned'],
        kept.map((row) => (several ? row.slice(0, 2) : row)),
        total,
      ),
      completeUntil: await completeUntil(store, deps),
    },
  );
}
