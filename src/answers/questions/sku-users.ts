import { listed } from '../../domain/english.ts';
import { type Assignment, gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { filterFor, whichAccounts } from '../answer/which-accounts.ts';
import { DATES_MEAN, datesRead, fourDates, heldSince, oldest } from '../dates/dates-text.ts';
import { loadDates } from '../dates/load-dates.ts';
import { BEFORE_MEANS } from '../times/since.ts';
import { byPath, whoHas } from '../words/accounts-text.ts';
import { stateRead } from '../words/completeness.ts';
import { type Names, namesIn } from '../words/names.ts';
import { productsFor, togetherText } from '../words/products.ts';

/** What gives them one of these products. */
const heldOf = ({ state }: StoredUser, skus: readonly string[]): Assignment[] =>
  state.assignments.filter((assignment) => gives(assignment) && skus.includes(assignment.skuId));

const pathOf = ({ skuId, path }: Assignment, names: Names): string =>
  `${names.product(skuId)} ${names.path(path)}`;

/** Who has a product, by which path, and since when, with the four dates behind it. */
export async function skuUsers(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const { skus } = query;
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
  const known = await loadDates(shown, store, deps.now);
  const dates = shown.flatMap((user) => heldOf(user, skus).map((one) => known.of(user, one)));
  // What our own reads tell alone is said by "Since".
  const told = dates.some(({ asOf, record }) => asOf !== null || record !== null);
  const rows = shown.map((user) => {
    const { displayName, userPrincipalName } = user.state;
    const held = heldOf(user, skus);
    const products = [...new Set(held.map(({ skuId }) => names.product(skuId)))];
    const paths = [...new Set(held.map(({ path }) => names.path(path)))];
    const since = [...new Set(held.map(({ skuId }) => heldSince(user, skuId, known, deps) ?? ''))];
    const all = held.map((one) =>
      [...(held.length > 1 ? [pathOf(one, names)] : []), fourDates(known.of(user, one), deps)].join(': '),
    );
    return {
      since: listed(since),
      cells: [
        displayName,
        userPrincipalName,
        ...(isOne ? [] : [listed(products)]),
        listed(paths),
        listed(since),
        ...(told ? [all.join('. ')] : []),
      ],
    };
  });
  const product = query.together
    ? togetherText(query.together, names)
    : listed(skus.map(names.product), 'or');
  const kinds = which?.accounts ?? [];
  const who = total === 0 && kinds.length === 0 ? 'Nobody has' : whoHas(total, kinds, ['has', 'have']);
  return makeAnswer('sku-users', `${who} ${product}${byPath(which?.path)}.`, {
    blocks: [
      ...pageTable(
        [
          'User',
          'Sign-in name',
          ...(isOne ? [] : ['Product']),
          'Assigned',
          'Since',
          ...(told ? ['Dates'] : []),
        ],
        rows.map(({ cells }) => cells),
      ),
      ...text(rows.some(({ since }) => since.includes('before')) ? BEFORE_MEANS : null),
      ...text(told ? DATES_MEAN : null),
      ...text(datesRead(oldest(dates.map(({ asOf }) => asOf)), deps)),
    ],
    completeUntil: await stateRead(store, deps),
    next: productsFor(skus, tenant).flatMap((name) => [
      `how many seats of ${name} are left`,
      `who lost ${name} this month`,
    ]),
    ...rest,
  });
}
