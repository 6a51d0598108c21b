import { capitalised, listed } from '../../domain/english.ts';
import { type Assignment, gives } from '../../domain/license/user-state.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { filterFor, type Which, whichAccounts } from '../answer/which-accounts.ts';
import { byPath, mayAct, nounOf } from '../words/accounts-text.ts';
import { errorText } from '../words/change-text.ts';
import { stateRead } from '../words/completeness.ts';
import { type Names, namesIn } from '../words/names.ts';

const MORE_IN_THE_FILE =
  'The file has a line for each license, with its state, the plans that are off, and since when.';

/** Everybody's licenses, a page of people at a time: each with all products, by which way, and what is in error. */
export async function directory(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const completeUntil = await stateRead(store, deps);
  if ((await store.scans.lastWhole()) === null) {
    return makeAnswer('directory', 'I have not read the tenant completely yet, so I cannot say.', {
      completeUntil,
    });
  }
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const which = whichAccounts({ ...query, intent: 'directory' }) ?? { kind: 'assigned' };
  const { shown, total, rest } = await pageOfUsers(
    {
      ...filterFor(which, query.skus, tenant),
      ...(query.groups.length > 0 ? { groupIds: query.groups } : {}),
    },
    query,
    deps,
  );
  const rows = shown.map(({ state }) => {
    const asked = byProduct(state.assignments, names).filter(
      ([skuId]) => query.skus.length === 0 || query.skus.includes(skuId),
    );
    return [
      state.displayName,
      asked.map(([, ways]) => productText(ways, names)).join('; '),
      state.userPrincipalName,
      state.department ?? '',
      plansOff(asked, names),
    ];
  });
  return makeAnswer('directory', await leadOf(which, total, query, names, deps), {
    blocks: [
      ...pageTable(['User', 'Licenses', 'Sign-in name', 'Department', 'Plans off'], rows),
      ...text(total > 0 ? MORE_IN_THE_FILE : null),
    ],
    completeUntil,
    next: nextOf(shown),
    ...rest,
  });
}

async function leadOf(
  { accounts = [], path }: Which,
  total: number,
  { skus, groups }: Query,
  names: Names,
  { store }: AnswerDeps,
): Promise<string> {
  const what = skus.length > 0 ? listed(skus.map(names.product), 'or') : 'a license';
  const [one, many] = nounOf(accounts);
  const who = `${total === 0 ? `no ${one}` : count(total, one, many)}${mayAct(accounts)}`;
  const verb = total > 1 ? 'have' : 'has';
  if (groups.length > 0) {
    const by = `by ${listed(groups.map(names.group), 'or')}`;
    const also =
      skus.length > 0 ? `${byPath(path)}, and a license ${by}` : ` ${by}; here is all that each has`;
    return capitalised(`${who} ${verb} ${what}${total === 0 && skus.length === 0 ? ` ${by}` : also}.`);
  }
  const isEverybody = accounts.length === 0 && skus.length === 0 && path === undefined;
  if (!isEverybody) return capitalised(`${who} ${verb} ${what}${byPath(path)}.`);
  const { present } = await store.users.count();
  return total === 0
    ? `None of ${count(present, 'user')} has a license.`
    : `${numeral(total)} of ${count(present, 'user')} ${verb} a license.`;
}

/** All ways of each product, in the order of their names, whatever the order in which they were assigned. */
export function byProduct(
  assignments: readonly Assignment[],
  names: Names,
): [skuId: string, ways: Assignment[]][] {
  const products = [...Map.groupBy(assignments, ({ skuId }) => skuId)];
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return products
    .map(([skuId, ways]): [string, Assignment[]] => [
      skuId,
      ways.toSorted((a, b) => compare(names.path(a.path), names.path(b.path))),
    ])
    .toSorted(([a], [b]) => compare(names.product(a), names.product(b)) || compare(a, b));
}

/** "Microsoft 365 E3 (directly, through LIC-E3)" */
function productText(ways: readonly Assignment[], names: Names): string {
  const [first] = ways;
  if (!first) return '';
  return `${names.product(first.skuId)} (${ways.map((way) => wayText(way, names)).join(', ')})`;
}

function wayText(assignment: Assignment, names: Names): string {
  const { state, error, path } = assignment;
  const way = names.path(path);
  if (state === 'Active' && error === null) return way;
  return gives(assignment)
    ? `${way}, with an error: ${errorText(error)}`
    : `${way}, not given: ${error === null ? state.toLowerCase() : errorText(error)}`;
}

function plansOff(products: readonly [string, Assignment[]][], names: Names): string {
  const off = new Set(products.flatMap(([, ways]) => ways.flatMap(({ disabledPlans }) => disabledPlans)));
  return [...off]
    .map((planId) => names.plans([planId]))
    .toSorted()
    .join(', ');
}

const nextOf = (shown: readonly StoredUser[]): string[] => [
  ...shown.slice(0, 1).map(({ state }) => `licenses of ${state.userPrincipalName}`),
  'who has no license',
  'license assignment errors',
];
