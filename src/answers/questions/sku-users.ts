import { listed } from '../../domain/english.ts';
import { gives } from '../../domain/license/user-state.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { filterFor, whichAccounts } from '../answer/which-accounts.ts';
import { byPath, whoHas } from '../words/accounts-text.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';
import { productsFor, togetherText } from '../words/products.ts';

/** Who has a product, and by which path. */
export async function skuUsers(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const { skus } = query;
  if (skus.length === 0) {
    return makeAnswer('sku-users', 'Which product? For example “who has Visio”.', { next: ['free seats'] });
  }
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const which = whichAccounts(query);
  const { shown, total, rest } = await pageOfUsers(
    which ? filterFor(which, skus, tenant) : { kind: 'holders', skuIds: skus },
    query,
    deps,
  );
  // What was asked for needs no column.
  const isOne = skus.length === 1;
  const rows = shown.map(({ state }) => {
    const held = state.assignments.filter(
      (assignment) => gives(assignment) && skus.includes(assignment.skuId),
    );
    const products = [...new Set(held.map(({ skuId }) => names.product(skuId)))];
    const paths = [...new Set(held.map(({ path }) => names.path(path)))];
    return [state.displayName, state.userPrincipalName, ...(isOne ? [] : [listed(products)]), listed(paths)];
  });
  const product = query.together
    ? togetherText(query.together, names)
    : listed(skus.map(names.product), 'or');
  const kinds = which?.accounts ?? [];
  const who = total === 0 && kinds.length === 0 ? 'Nobody has' : whoHas(total, kinds, ['has', 'have']);
  return makeAnswer('sku-users', `${who} ${product}${byPath(which?.path)}.`, {
    blocks: pageTable(['User', 'Sign-in name', ...(isOne ? [] : ['Product']), 'Assigned'], rows),
    completeUntil: await stateRead(store, deps),
    next: productsFor(skus, tenant).flatMap((name) => [
      `how many seats of ${name} are left`,
      `who lost ${name} this month`,
    ]),
    ...rest,
  });
}
