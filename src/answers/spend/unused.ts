import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { DIRECT } from '../../domain/license/user-state.ts';
import { count, numeral, plural } from '../../domain/numerals.ts';
import { canBeWasted } from '../../domain/spend/product-kind.ts';
import { seatsOf } from '../../domain/spend/seats.ts';
import type { UnusedLicense, UnusedReason } from '../../domain/spend/unused.ts';
import type { Query } from '../../language/query.ts';
import type { Answer, AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { formatTime } from '../times/times.ts';
import { personUse } from '../usage/person-use.ts';
import { serviceUse } from '../usage/service-use.ts';
import { nothingTells, partlyTable } from '../usage/what-is-not-seen.ts';
import { stateRead } from '../words/completeness.ts';
import { loadNames, type Names } from '../words/names.ts';
import { signInsText } from '../words/sign-ins-text.ts';
import { usageText } from '../words/usage-text.ts';
import { findUnused, type UnusedFound } from './unused-licenses.ts';

const MAX_REMOVALS = 3;
/** As many of the others as their table shows; the rest is counted. */
const MAX_OTHERS = 25;
const COLUMNS = ['User', 'Product', 'Why', 'Last sign-in', 'Assigned'];
/** As many products without users as one sentence bears. */
const MAX_IDLE_PRODUCTS = 8;

/**
 * Licenses that nobody seems to use, and seats that nobody has. Accounts that may not be people are told apart: a
 * room or a service need not sign in to need its license.
 */
export async function unused(query: Query, deps: AnswerDeps): Promise<Answer> {
  if (query.plans !== undefined) {
    return query.people.length > 0 ? personUse(query, deps) : serviceUse(query, deps);
  }
  const { store } = deps;
  const names = await loadNames(store);
  const found = await findUnused(query, deps);
  const [people, others] = split(found.licenses);
  const page = pageOf(people, query, deps);
  const rowOf = (license: UnusedLicense): string[] => row(license, found, names, deps);
  return makeAnswer('unused', lead(people, found, query, names, deps), {
    blocks: [
      ...text(whyNotKnown(found, deps)),
      ...table(COLUMNS, page.shown.map(rowOf)),
      ...othersTable(others, rowOf),
      ...partlyTable(found.partly, names, deps),
      ...text(await nothingTells(found, query, deps)),
      ...notes(people, found).flatMap(text),
      ...text(await idleSeats(query, names, deps)),
    ],
    completeUntil: `${await stateRead(store, deps)} Sign-ins ${signInsText({ ...found.signIns, problem: null }, deps)}. Usage reports: ${usageText(await store.usage.reports(), deps)}.`,
    next: [...removals(people, names, deps), 'license cost', 'free seats'],
    ...page.rest,
  });
}

const isPerson = ({ account }: UnusedLicense): boolean =>
  account.kind === 'person' || account.kind === 'guest';

const split = (licenses: readonly UnusedLicense[]): [UnusedLicense[], UnusedLicense[]] => [
  licenses.filter(isPerson),
  licenses.filter((license) => !isPerson(license)),
];

function lead(
  people: readonly UnusedLicense[],
  { signIns, days, since }: UnusedFound,
  { skus }: Query,
  names: Names,
  deps: AnswerDeps,
): string {
  const product = skus.length > 0 ? ` of ${listed([...new Set(skus.map(names.product))])}` : '';
  if (signIns.readAt === null) {
    return people.length === 0
      ? `I cannot say yet who uses their licenses: I do not know who signs in. No blocked account has a license${product}.`
      : `${count(people.length, 'license')}${product} of blocked accounts. I cannot say more yet: I do not know who signs in.`;
  }
  const time = days === null ? `since ${formatTime(since, deps)}` : `for ${count(days, 'day')}`;
  if (people.length === 0) return `No license${product} looks unused ${time}.`;
  const groups: Record<UnusedReason, string> = {
    blocked: 'of blocked accounts',
    idle: `of people who have not signed in ${time}`,
    never: 'of people who never signed in',
    'not-since-given': 'of people who have not signed in since it was given',
    'no-activity': `of people who sign in, without any activity in it ${time}`,
  };
  const parts = Object.entries(Object.groupBy(people, ({ reason }) => reason)).map(
    ([reason, some]) => `${numeral(some.length)} ${groups[reason as UnusedReason]}`,
  );
  return `${count(people.length, 'license')}${product} ${plural(people.length, 'looks', 'look')} unused: ${listed(parts)}.`;
}

/** What to do so that sign-ins are known, or fresh again. */
function whyNotKnown({ signIns }: UnusedFound, deps: AnswerDeps): string | null {
  if (signIns.readAt !== null && signIns.problem === null) return null;
  return `Sign-ins: ${signInsText(signIns, deps).replace(/\.$/, '')}.`;
}

function row(
  { displayName, account, skuId, paths, ...rest }: UnusedLicense,
  { signIns }: UnusedFound,
  names: Names,
  deps: AnswerDeps,
): string[] {
  const { reason, lastUsedAt, givenAt } = rest;
  const asOf = signIns.readAt ?? deps.now;
  const why: Record<UnusedReason, string> = {
    blocked: 'the account is blocked',
    idle: `no sign-in for ${count(Math.floor((asOf - (lastUsedAt ?? asOf)) / DAY_MS), 'day')}`,
    never: 'never signed in',
    'not-since-given': `not since it was given, ${formatTime(givenAt ?? asOf, deps)}`,
    'no-activity': 'no activity in any usage report',
  };
  return [
    account.kind === 'guest' ? `${displayName} (guest)` : displayName,
    names.product(skuId),
    why[reason],
    lastUsedAt === null
      ? signIns.readAt === null || reason === 'no-activity'
        ? 'not known'
        : 'never'
      : formatTime(lastUsedAt, deps),
    listed(paths.map(names.path)),
  ];
}

/** Guesses, and said to be: each with what it rests on. */
function othersTable(
  others: readonly UnusedLicense[],
  rowOf: (license: UnusedLicense) => string[],
): AnswerBlock[] {
  if (others.length === 0) return [];
  const looksLike = {
    shared: 'a room, device or shared mailbox',
    service: 'a service',
    emergency: 'emergency access',
  };
  return [
    ...text(
      `Not counted: ${count(others.length, 'license')} of ${plural(others.length, 'an account that does not look like a person', 'accounts that do not look like people')}, by the name. Check before you remove one.`,
    ),
    ...table(
      ['Account', 'Product', 'Why', 'Last sign-in', 'Looks like'],
      others.slice(0, MAX_OTHERS).map((license) => {
        const { kind, because } = license.account;
        const guess = kind === 'person' || kind === 'guest' ? kind : looksLike[kind];
        return [...rowOf(license).slice(0, 4), `${guess}, because ${because}`];
      }),
      others.length,
    ),
  ];
}

function notes(people: readonly UnusedLicense[], { signIns, excluded }: UnusedFound): string[] {
  const hasBlocked = people.some(({ reason }) => reason === 'blocked');
  return [
    ...(hasBlocked
      ? [
          'A blocked account can be a shared mailbox that needs its license: above 50 GB, with an archive, or on hold.',
        ]
      : []),
    ...(signIns.readAt !== null
      ? [
          'A sign-in shows that an account is used, not which product. Accounts and licenses younger than 30 days are not judged.',
        ]
      : []),
    ...(excluded > 0
      ? [
          `${count(excluded, 'account')} to be left alone (SPARED_ACCOUNTS) ${plural(excluded, 'is', 'are')} not counted.`,
        ]
      : []),
  ];
}

/** Seats that were bought and that nobody has; nothing where people are named. */
async function idleSeats(
  { skus, people }: Query,
  names: Names,
  { store }: AnswerDeps,
): Promise<string | null> {
  if (people.length > 0) return null;
  const tenant = await store.users.tenant();
  const idle = tenant.skus
    .filter((sku) => canBeWasted(sku) && (skus.length === 0 || skus.includes(sku.skuId)))
    .map((sku) => ({ skuId: sku.skuId, seats: seatsOf(sku, tenant.subscriptions).unassigned }))
    .filter(({ seats }) => seats > 0)
    .toSorted((a, b) => b.seats - a.seats);
  if (idle.length === 0) return null;
  const total = idle.reduce((sum, { seats }) => sum + seats, 0);
  const named = idle
    .slice(0, MAX_IDLE_PRODUCTS)
    .map(({ skuId, seats }) => `${names.product(skuId)} (${numeral(seats)})`);
  const rest = idle.length - named.length;
  const list = rest > 0 ? [...named, count(rest, 'other product')] : named;
  return `Besides, ${count(total, 'seat')} ${plural(total, 'is', 'are')} paid for and assigned to nobody: ${listed(list)}.`;
}

/** A sentence for each license that can be taken from its user alone; what a group gives is taken from the group. */
function removals(people: readonly UnusedLicense[], names: Names, { directory }: AnswerDeps): string[] {
  const direct = people.filter(({ paths }) => paths.every((path) => path === DIRECT)).slice(0, MAX_REMOVALS);
  const namesakes = new Map(direct.map(({ displayName }) => [displayName, 0]));
  for (const { displayName } of directory.people) {
    const known = namesakes.get(displayName);
    if (known !== undefined) namesakes.set(displayName, known + 1);
  }
  return direct.map(
    ({ displayName, userPrincipalName, skuId }) =>
      `remove ${names.product(skuId)} from ${namesakes.get(displayName) === 1 ? displayName : userPrincipalName}`,
  );
}
