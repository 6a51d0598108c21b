import { listed } from '../../domain/english.ts';
import { gives, heldSkus, type UserState } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { containedProducts } from '../spend/contained-products.ts';
import { stateRead } from '../words/completeness.ts';
import { loadNames, type Names } from '../words/names.ts';
import { togetherText } from '../words/products.ts';

/**
 * Who has one product by several paths, or a product that another of theirs contains; when several products are
 * named, who has more than one of them.
 */
export async function duplicates(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const { skus } = query;
  const names = await loadNames(store);
  const several = skus.length > 1;
  const filter = { kind: several ? 'of-several' : 'twice', skuIds: skus } as const;
  const { shown, total, rest } = await pageOfUsers(filter, query, deps);
  const isWanted = (skuId: string): boolean => skus.length === 0 || skus.includes(skuId);
  const what = several ? severalText(query, names) : 'a product by more than one path';
  const note = several
    ? 'Each takes a seat.'
    : 'Microsoft counts such a product as one seat; losing one path takes nothing away.';
  return makeAnswer(
    'duplicates',
    total === 0 ? `Nobody has ${what}.` : `${count(total, 'user has', 'users have')} ${what}. ${note}`,
    {
      blocks: several
        ? pageTable(
            ['User', 'Products'],
            shown.map(({ state }) => [state.displayName, products(state, isWanted, names)]),
          )
        : [
            ...pageTable(
              ['User', 'Product', 'Assigned'],
              shown.flatMap(({ state }) => byTwoPaths(state, isWanted, names)),
            ),
            ...(await containedProducts(query, deps)),
          ],
      completeUntil: await stateRead(store, deps),
      next: ['free seats', ...shown.slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`)],
      ...rest,
    },
  );
}

/** "both Microsoft 365 E3 and Visio Plan 2", where all of them are wanted together. */
const severalText = ({ together }: Query, names: Names): string =>
  together ? togetherText(together, names) : 'more than one of these products';

type IsWanted = (skuId: string) => boolean;

const products = (user: UserState, isWanted: IsWanted, names: Names): string =>
  listed([...heldSkus(user)].filter(isWanted).map(names.product));

/** A row for each product that the user has by more than one path. */
const byTwoPaths = (user: UserState, isWanted: IsWanted, names: Names): string[][] =>
  [...Map.groupBy(user.assignments.filter(gives), ({ skuId }) => skuId)]
    .filter(([skuId, paths]) => paths.length > 1 && isWanted(skuId))
    .map(([skuId, paths]) => [
      user.displayName,
      names.product(skuId),
      listed(paths.map(({ path }) => names.path(path))),
    ]);
