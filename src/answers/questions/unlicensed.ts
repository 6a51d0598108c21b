import { listed } from '../../domain/english.ts';
import { hasTrait } from '../../domain/license/user-filter.ts';
import { heldSkus, type UserState } from '../../domain/license/user-state.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOfUsers } from '../answer/paging.ts';
import { filterFor, type Which, whichAccounts } from '../answer/which-accounts.ts';
import { plans } from '../plans/plans.ts';
import { byPath, whoHas } from '../words/accounts-text.ts';
import { stateRead } from '../words/completeness.ts';
import { type Names, namesIn } from '../words/names.ts';
import { productsFor } from '../words/products.ts';

/** Who has no license, or not these products; also blocked accounts and guests that have some. */
export const unlicensed = (query: Query, deps: AnswerDeps): Promise<Answer> =>
  query.plans !== undefined && query.skus.length === 0
    ? plans({ ...query, holding: 'none' }, deps)
    : accounts({ ...query, intent: 'unlicensed' }, deps);

/** Accounts of some kinds, with what they hold. */
export async function accounts(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const { intent, skus } = query;
  const completeUntil = await stateRead(store, deps);
  if ((await store.scans.lastWhole()) === null) {
    return makeAnswer(intent, 'I have not read the tenant completely yet, so I cannot say.', {
      completeUntil,
    });
  }
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const which = whichAccounts(query) ?? { kind: 'holders' };
  const { shown, total, rest } = await pageOfUsers(filterFor(which, skus, tenant), query, deps);
  const isMixed = which.accounts === undefined;
  // Of people without a license only what is not given is worth a word.
  const isBare = which.kind === 'lacking' && skus.length === 0 && !which.paid;
  const rows = shown.map(({ state }) => [
    state.displayName,
    state.userPrincipalName,
    holds(state, names, isBare ? '' : 'none'),
    state.department ?? '',
    [
      ...(isMixed && hasTrait(state, 'guest') ? ['guest'] : []),
      ...(state.accountEnabled === false ? ['blocked'] : []),
    ].join(', '),
  ]);
  return makeAnswer(intent, leadOf(which, total, query, names), {
    blocks: [
      ...text(total === 0 ? null : await amongThem(which, query, total, deps)),
      ...pageTable(['User', 'Sign-in name', 'Products', 'Department', 'Account'], rows),
      ...text(total > 0 && which.kind === 'holders' ? 'Each of these licenses takes a seat.' : null),
    ],
    completeUntil,
    next: nextOf(which, shown[0]?.state, productsFor(skus, tenant)),
    ...rest,
  });
}

function leadOf(which: Which, total: number, { skus }: Query, names: Names): string {
  const kinds = which.accounts ?? [];
  const products = listed(skus.map(names.product), 'or');
  const license = which.paid ? 'a license that costs something' : 'a license';
  switch (which.kind) {
    case 'lacking':
      if (total === 0 && kinds.length === 0) return `Everybody has ${skus.length > 0 ? products : license}.`;
      if (total === 0)
        return `${whoHas(0, kinds, ['is', 'are'])} without ${skus.length > 0 ? products : license}.`;
      return skus.length > 0
        ? `${whoHas(total, kinds, ['does', 'do'])} not have ${products}.`
        : `${whoHas(total, kinds, ['has', 'have'])} no ${which.paid ? 'license that costs something' : 'license'}.`;
    case 'everybody':
      return `${whoHas(total, kinds, ['is', 'are'])} in the directory.`;
    default:
      return `${whoHas(total, kinds, ['has', 'have'])} ${skus.length > 0 ? products : license}${byPath(which.path)}.`;
  }
}

/** How many of them are guests, blocked, or licensed: what one asks next. */
async function amongThem(
  which: Which,
  { skus }: Query,
  total: number,
  deps: AnswerDeps,
): Promise<string | null> {
  const { users } = deps.store;
  const of = async (more: Partial<Which>): Promise<number> =>
    (await users.find(filterFor({ ...which, ...more }, [], await users.tenant()), { skip: 0, take: 1 }))
      .total;
  if (which.kind === 'everybody') {
    const licensed = await of({ kind: 'holders' });
    return `${numeral(licensed)} of them ${licensed === 1 ? 'has' : 'have'} a license.`;
  }
  // Who lacks one product is looked for in every user's licenses: too slow to do three times.
  if (which.kind !== 'lacking' || skus.length > 0 || which.accounts !== undefined) return null;
  const [guests, blocked] = await Promise.all([
    of({ accounts: ['guest'] }),
    of({ accounts: ['member', 'disabled'] }),
  ]);
  const others = total - guests - blocked;
  return `${count(others, 'member')} who may sign in, ${count(blocked, 'blocked account')}, ${count(guests, 'guest')}.`;
}

/** What somebody has; what does not work stands beside what does. */
function holds(state: UserState, names: Names, nothing: string): string {
  const held = heldSkus(state);
  const broken = new Set(state.assignments.filter(({ skuId }) => !held.has(skuId)).map(({ skuId }) => skuId));
  const parts = [
    ...[...held].map(names.product).toSorted(),
    ...[...broken].map((skuId) => `${names.product(skuId)} (not given: in error or disabled)`),
  ];
  return parts.length === 0 ? nothing : listed(parts);
}

function nextOf(which: Which, first: UserState | undefined, products: readonly string[]): string[] {
  const [product] = products;
  return [
    ...(first ? [`history of ${first.userPrincipalName}`] : []),
    product === undefined ? 'free seats' : `how many seats of ${product} are left`,
    ...(which.kind === 'lacking' ? ['license assignment errors'] : ['unused licenses']),
  ];
}
