import { listed } from '../../domain/english.ts';
import { count, numeral, plural } from '../../domain/numerals.ts';
import {
  idleCost,
  idleSeats,
  type Money,
  monthlyCost,
  type ProductCost,
  productCosts,
  totalOf,
} from '../../domain/spend/cost.ts';
import { PRICE_LIST_FORM } from '../../domain/spend/price-list.ts';
import { type ProductPrices, productPrices } from '../../domain/spend/product-prices.ts';
import type { Query } from '../../language/query.ts';
import type { Answer, AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { stateRead } from '../words/completeness.ts';
import { loadNames, type Names } from '../words/names.ts';
import { signInsText } from '../words/sign-ins-text.ts';
import { departmentCosts } from './cost-by-department.ts';
import { moneyText, sumText } from './money.ts';
import { findUnused, type UnusedFound } from './unused-licenses.ts';

/** More wrong lines than these are counted. */
const MAX_PROBLEMS = 5;

/**
 * What licenses cost in a month, by product or by department, at the customer's own prices, and how much of it is
 * for seats that nobody uses. Without prices, the seats, and how to give prices.
 */
export async function cost(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, spend } = deps;
  const list = await spend.prices();
  const tenant = await store.users.tenant();
  const names = await loadNames(store);
  const prices: ProductPrices =
    list === null ? { bySku: new Map(), problems: [] } : productPrices(list, tenant.skus);
  const wanted = ({ skuId }: ProductCost): boolean => query.skus.length === 0 || query.skus.includes(skuId);
  const found = await findUnused({ skus: query.skus, people: [], range: null, days: query.days }, deps);
  const costs = productCosts(tenant, prices.bySku, countUnused(found)).filter(wanted);
  const priced = costs.filter(({ price }) => price !== null);
  const rest = {
    completeUntil: `${await stateRead(store, deps)} Sign-ins ${signInsText({ ...found.signIns, problem: null }, deps)}.`,
    next: ['unused licenses', 'free seats', 'which subscriptions expire soon'],
  };
  const notes = [
    ...problemsText(prices),
    ...missingText(costs, names, list !== null),
    ...(query.by === 'department' && priced.length === 0
      ? ['Without prices I cannot split this by department: it is the whole tenant.']
      : []),
  ];
  const ofPeople = query.departments !== undefined || query.countries !== undefined;
  if (ofPeople && priced.length === 0) {
    return makeAnswer('cost', 'Without a price list I cannot say what the licenses of these people cost.', {
      blocks: notes.flatMap(text),
      ...rest,
    });
  }
  if (priced.length > 0 && (query.by === 'department' || ofPeople)) {
    const { lead, blocks } = await departmentCosts(query, prices.bySku, totalOf(priced, monthlyCost), deps);
    return makeAnswer('cost', lead, { blocks: [...blocks, ...notes.flatMap(text)], ...rest });
  }
  return makeAnswer('cost', lead(costs, priced, list !== null), {
    blocks: [
      ...costTable(costs, names, priced.length > 0),
      ...[...notes, ...howCounted(found, deps)].flatMap(text),
    ],
    ...rest,
  });
}

/** Counts licenses of accounts that are blocked or away; null when nobody knows who signs in. */
function countUnused({ licenses, signIns }: UnusedFound): ((skuId: string) => number) | null {
  if (signIns.readAt === null) return null;
  const counted = licenses.filter(({ account }) => account.kind === 'person' || account.kind === 'guest');
  const bySku = Map.groupBy(counted, ({ skuId }) => skuId);
  return (skuId) => bySku.get(skuId)?.length ?? 0;
}

function lead(costs: readonly ProductCost[], priced: readonly ProductCost[], hasList: boolean): string {
  if (!hasList) return 'No price list yet, so this shows seats only.';
  if (costs.length === 0) return 'No product that is paid for fits.';
  if (priced.length === 0) return 'The price list has no price for these products.';
  const idle: Money = totalOf(priced, idleCost);
  const isIdle = [...idle.values()].some((amount) => amount > 0);
  const seats = priced.reduce((sum, product) => sum + product.seats.paid, 0);
  return `${sumText(totalOf(priced, monthlyCost))} a month for ${count(seats, 'seat')}${isIdle ? `; ${sumText(idle)} of it for seats that nobody uses` : ''}.`;
}

/** @param withMoney whether any price is known: columns without one say nothing */
function costTable(costs: readonly ProductCost[], names: Names, withMoney: boolean): AnswerBlock[] {
  const amount = (product: ProductCost, value: number | null): string =>
    product.price === null || value === null ? 'no price' : moneyText(value, product.price.currency);
  const sorted = costs.toSorted(
    (a, b) => (idleCost(b) ?? 0) - (idleCost(a) ?? 0) || (monthlyCost(b) ?? 0) - (monthlyCost(a) ?? 0),
  );
  return table(
    ['Product', 'Paid for', 'Assigned', 'Not used', ...(withMoney ? ['A seat', 'A month', 'Unused'] : [])],
    sorted.map((product) => [
      names.product(product.skuId),
      product.seats.trial > 0
        ? `${numeral(product.seats.paid)} + ${numeral(product.seats.trial)} in trial`
        : numeral(product.seats.paid),
      numeral(product.seats.assigned),
      product.unused === null ? `${numeral(product.seats.unassigned)} or more` : numeral(idleSeats(product)),
      ...(withMoney
        ? [
            amount(product, product.price?.amount ?? null),
            amount(product, monthlyCost(product)),
            amount(product, idleCost(product)),
          ]
        : []),
    ]),
  );
}

function problemsText({ problems }: ProductPrices): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, MAX_PROBLEMS).join(' ');
  const more = problems.length > MAX_PROBLEMS ? ` And ${numeral(problems.length - MAX_PROBLEMS)} more.` : '';
  return [`The price list is not used as a whole: ${shown}${more}`];
}

/** Products without a price, and how to give a list. */
function missingText(costs: readonly ProductCost[], names: Names, hasList: boolean): string[] {
  if (!hasList) {
    return [
      `Microsoft does not say what a customer pays. To see the cost, the person who runs License Watch sets PRICE_LIST to ${PRICE_LIST_FORM}. A line is, for example: SPE_E3,36.00,EUR.`,
    ];
  }
  const missing = costs
    .filter(({ price, seats }) => price === null && seats.paid > 0)
    .map(({ skuId }) => names.product(skuId));
  return missing.length === 0 ? [] : [`Not counted, for want of a price: ${listed(missing)}.`];
}

function howCounted({ signIns, days, excluded }: UnusedFound, deps: AnswerDeps): string[] {
  const unused =
    signIns.readAt === null
      ? `Who signs in is not known (${signInsText(signIns, deps)}), so that only seats assigned to nobody count as not used.`
      : `Not used: assigned to nobody, to a blocked account, or to somebody who has not signed in for ${count(days ?? 0, 'day')}; accounts that look like rooms or services are taken for used.`;
  return [
    unused,
    'Trials, free products, and seats that have expired or are suspended cost nothing here.',
    ...(excluded > 0
      ? [
          `${count(excluded, 'account')} to be left alone (SPARED_ACCOUNTS) ${plural(excluded, 'is', 'are')} taken for used.`,
        ]
      : []),
  ];
}
