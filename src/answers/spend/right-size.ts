import { DAY_MS } from '../../domain/durations.ts';
import { productName, servicePlanIdsOf, skuIdOfPartNumber } from '../../domain/license/catalogue.ts';
import { planNamesIn, plansBySku } from '../../domain/license/plan-services.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import { DIRECT, gives, heldSkus, type UserState } from '../../domain/license/user-state.ts';
import { count, numeral, plural } from '../../domain/numerals.ts';
import { guessAccount, isSpared } from '../../domain/spend/account-guess.ts';
import type { Price } from '../../domain/spend/price-list.ts';
import { productPrices } from '../../domain/spend/product-prices.ts';
import { MIN_AGE_MS } from '../../domain/spend/unused.ts';
import { coverageOf } from '../../domain/usage/report.ts';
import { judgeSize, type SizeVerdict, SMALLER, sizeOf } from '../../domain/usage/right-size.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, table, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { createKept } from '../scope/kept.ts';
import { formatDay } from '../times/times.ts';
import { givenLately } from '../usage/given-lately.ts';
import { someOf } from '../usage/what-is-not-seen.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';
import { usageText } from '../words/usage-text.ts';
import { moneyText } from './money.ts';

const USUAL_DAYS = 90;
/** As many holders of a product are looked at one by one. */
const MAX_LOOKED_AT = 2_000;
const USERS_AT_ONCE = 500;
const MAX_REMOVALS = 3;

type Pair = { from: string; to: string };
type Candidate = { user: UserState; pair: Pair; verdict: SizeVerdict };
type Found = {
  fits: Candidate[];
  cannotTell: Candidate[];
  needing: number;
  young: number;
  looked: number;
  holders: number;
};

const kept = createKept<Found>(() => true);

/** Who could do with a smaller product, as far as usage reports tell; a suggestion with its evidence. */
export async function rightSize(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now, spend } = deps;
  const tenant = await store.users.tenant();
  const pairs = pairsOf(query.skus, tenant);
  const states = await store.usage.reports();
  const names = namesIn(tenant);
  const rest = {
    completeUntil: `${await stateRead(store, deps)} Usage reports: ${usageText(states, deps)}.`,
    next: ['unused licenses', 'license cost'],
  };
  const product = (skuId: string): string =>
    tenant.skus.some((sku) => sku.skuId === skuId) ? names.product(skuId) : productName(skuId);
  if (pairs.length === 0) {
    return makeAnswer('right-size', 'I know no smaller product for what this tenant has.', rest);
  }
  const { people, days } = query;
  const coverage = coverageOf(states, now);
  const found = await kept.of(store, [pairs, people, days, coverage, [...spend.excluded]], () =>
    search(pairs, query, tenant, deps),
  );
  const list = await spend.prices();
  const prices = list === null ? new Map<string, Price>() : productPrices(list, tenant.skus).bySku;
  const savingOf = ({ from, to }: Pair): string => {
    const [large, small] = [prices.get(from), prices.get(to)];
    if (!large || !small || large.currency !== small.currency) return 'no price';
    return `${moneyText(large.amount - small.amount, large.currency)} a month`;
  };
  const page = pageOf(found.fits, query, deps);
  const evidence = ({ verdict }: Candidate): string =>
    verdict.notUsed.length > 0
      ? `not used${verdict.until === null ? '' : ` up to ${formatDay(verdict.until, deps)}`}: ${someOf(verdict.notUsed.map(names.plan))}`
      : 'everything else in it is switched off, or comes with another license';
  const length = query.days ?? USUAL_DAYS;
  return makeAnswer('right-size', leadOf(found, pairs, product, length), {
    blocks: [
      ...pageTable(
        ['User', 'Has', 'Could do with', 'Why', 'Saves'],
        page.shown.map((one) => [
          one.user.displayName,
          product(one.pair.from),
          product(one.pair.to),
          evidence(one),
          savingOf(one.pair),
        ]),
      ),
      ...cannotTellTable(found.cannotTell, product, names.plan),
      ...text(
        found.needing === 0
          ? null
          : `${count(found.needing, 'person uses', 'people use')} something that the smaller product lacks.`,
      ),
      ...text(
        found.young === 0
          ? null
          : `${count(found.young, 'account')} that came lately, or got the license in the last 30 days, ${plural(found.young, 'is', 'are')} left out.`,
      ),
      ...text(
        found.looked < found.holders
          ? `Only the first ${numeral(found.looked)} of ${numeral(found.holders)} licenses were looked at. Name a department for others.`
          : null,
      ),
      ...text('A suggestion: nothing changes until somebody says so and confirms it.'),
    ],
    ...rest,
    next: [...swaps(page.shown, product), ...rest.next],
    ...page.rest,
  });
}

function leadOf(
  { fits, cannotTell }: Found,
  pairs: readonly Pair[],
  product: (skuId: string) => string,
  days: number,
): string {
  const [only] = pairs.length === 1 ? pairs : [];
  const what = only ? `${product(only.to)} instead of ${product(only.from)}` : 'a smaller product';
  const unclear =
    cannotTell.length === 0
      ? ''
      : ` Of ${count(cannotTell.length, 'other')} I cannot tell: nothing shows whether they use all that it lacks.`;
  if (fits.length === 0) return `Of nobody it is seen that they could do with ${what}.${unclear}`;
  return `${count(fits.length, 'person', 'people')} could do with ${what}: what it lacks was not used in ${count(days, 'day')}.${unclear}`;
}

/** Named with the plans that nothing tells of: a suggestion cannot be made for them. */
function cannotTellTable(
  cannotTell: readonly Candidate[],
  product: (skuId: string) => string,
  plan: (planId: string) => string,
) {
  if (cannotTell.length === 0) return [];
  return [
    ...text('Cannot tell: what is seen speaks for the smaller product, and nothing tells about the rest.'),
    ...table(
      ['User', 'Has', 'Perhaps', 'Nothing tells about'],
      cannotTell
        .slice(0, 25)
        .map(({ user, pair, verdict }) => [
          user.displayName,
          product(pair.from),
          product(pair.to),
          someOf(verdict.unseen.map(plan)),
        ]),
      cannotTell.length,
    ),
  ];
}

/** The pairs that were asked about, as ids: of named products, or of all that the tenant has. */
function pairsOf(skus: readonly string[], { skus: live }: TenantState): Pair[] {
  const idOf = (partNumber: string): string | null =>
    live.find((sku) => sku.partNumber.toLowerCase() === partNumber)?.skuId ?? skuIdOfPartNumber(partNumber);
  const known = SMALLER.flatMap(({ from, to }) => {
    const [larger, smaller] = [idOf(from), idOf(to)];
    const isHeld = live.some(({ skuId, consumed }) => skuId === larger && consumed > 0);
    return larger === null || smaller === null || !isHeld ? [] : [{ from: larger, to: smaller }];
  });
  const isBought = ({ to }: Pair): boolean => live.some(({ skuId }) => skuId === to);
  if (skus.length === 0) {
    const bought = known.filter(isBought);
    return oneEach(bought.length > 0 ? bought : known);
  }
  const both = known.filter(({ from, to }) => skus.includes(from) && skus.includes(to));
  if (both.length > 0) return both;
  const one = known.filter(({ from, to }) => skus.includes(from) || skus.includes(to));
  const own = skus.filter((skuId) => live.some((sku) => sku.skuId === skuId));
  if (one.length > 0 && own.length < 2) return one;
  const [first, second] = own.toSorted(
    (a, b) => servicePlanIdsOf(b, liveOf(live, b)).length - servicePlanIdsOf(a, liveOf(live, a)).length,
  );
  return own.length === 2 && first && second ? [{ from: first, to: second }] : one;
}

const liveOf = (live: TenantState['skus'], skuId: string) => live.find((sku) => sku.skuId === skuId);

/** Of a product, the nearest smaller one. */
const oneEach = (pairs: readonly Pair[]): Pair[] =>
  [...new Map(pairs.toReversed().map((pair) => [pair.from, pair])).values()].toReversed();

async function search(
  pairs: readonly Pair[],
  { people, days }: Query,
  tenant: TenantState,
  { store, now, spend }: AnswerDeps,
): Promise<Found> {
  const coverage = coverageOf(await store.usage.reports(), now);
  const bySku = new Map(plansBySku(tenant.skus));
  for (const { to } of pairs) if (!bySku.has(to)) bySku.set(to, servicePlanIdsOf(to));
  const names = planNamesIn(tenant.skus);
  const asOf = Math.min(
    now,
    ...Object.values(coverage).flatMap((one) => (one.known ? [one.refreshedAt] : [])),
  );
  const rules = { bySku, names, coverage, since: asOf - (days ?? USUAL_DAYS) * DAY_MS };
  const found: Found = { fits: [], cannotTell: [], needing: 0, young: 0, looked: 0, holders: 0 };
  const seen = new Set<string>();
  for (const pair of pairs) {
    const filter = {
      kind: 'holders',
      skuIds: [pair.from],
      ...(people.length > 0 ? { among: people } : {}),
    } as const;
    for (let skip = 0; skip < MAX_LOOKED_AT; skip += USERS_AT_ONCE) {
      const part = await store.users.find(filter, { skip, take: USERS_AT_ONCE });
      if (skip === 0) found.holders += part.total;
      found.looked += part.users.length;
      const ids = part.users.map(({ state }) => state.id);
      const usages = new Map((await store.usage.byUsers(ids)).map((one) => [one.userId, one]));
      const lately = await givenLately(part.users, asOf, store);
      const since = asOf - MIN_AGE_MS;
      const changes = await store.changes.find({ kinds: ['gained', 'swap'], from: since, userIds: ids });
      const gained = new Set(
        changes.map(({ change }) => `${change.userId} ${change.newSkuId ?? change.skuId}`),
      );
      for (const { state, removedAt } of part.users) {
        const key = `${state.id} ${pair.from}`;
        if (removedAt !== null || state.accountEnabled === false || isSpared(state, spend.excluded)) continue;
        if (guessAccount(state, false).kind !== 'person' || seen.has(key)) continue;
        if (lately.has(key) || gained.has(key)) {
          found.young++;
          continue;
        }
        const others = [...heldSkus(state)];
        const verdict = judgeSize(state, { ...pair, others }, usages.get(state.id) ?? null, rules);
        const size = sizeOf(verdict);
        if (size === 'needs-it') found.needing++;
        else {
          seen.add(key);
          (size === 'fits' ? found.fits : found.cannotTell).push({ user: state, pair, verdict });
        }
      }
      if (skip + USERS_AT_ONCE >= part.total) break;
    }
  }
  return found;
}

/** A sentence for each swap of a license that its user has directly; a card asks before anything changes. */
const swaps = (shown: readonly Candidate[], product: (skuId: string) => string): string[] =>
  shown
    .filter(({ user, pair }) =>
      user.assignments.every((one) => one.skuId !== pair.from || !gives(one) || one.path === DIRECT),
    )
    .slice(0, MAX_REMOVALS)
    .map(
      ({ user, pair }) => `move ${user.userPrincipalName} from ${product(pair.from)} to ${product(pair.to)}`,
    );
