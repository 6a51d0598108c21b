import {
  assignableSeats,
  freeSeats,
  isEnabled,
  type SkuState,
  type TenantState,
} from '../../domain/license/sku.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer, ChartBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';
import { productsFor } from '../words/products.ts';

/** Products bigger than this make bars in which nothing else can be seen: free ones come with ten thousands of seats. */
const UNLIMITED_FROM = 10_000;

/** Bought, used and free seats of each product; of some when they are named. Those that are short come first. */
export async function seats(query: Query, deps: AnswerDeps): Promise<Answer> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const name = (sku: SkuState): string => names.product(sku.skuId);
  const skus = tenant.skus
    .filter(({ skuId }) => query.skus.length === 0 || query.skus.includes(skuId))
    .toSorted((a, b) => freeSeats(a) - freeSeats(b) || b.consumed - a.consumed);
  const { shown, rest } = pageOf(skus, query, deps);
  return makeAnswer('seats', lead(skus, name), {
    blocks: [
      ...chart(shown, name),
      ...pageTable(
        ['Product', 'Bought', 'Used', 'Free', 'Status'],
        shown.map((sku) => [
          name(sku),
          numeral(assignableSeats(sku)),
          numeral(sku.consumed),
          overUse(sku) > 0 ? `none, ${numeral(overUse(sku))} over` : numeral(freeSeats(sku)),
          subscriptionText(sku, tenant),
        ]),
      ),
    ],
    completeUntil: await stateRead(deps.store, deps),
    next: [
      ...productsFor(
        skus.map(({ skuId }) => skuId),
        tenant,
      ).map((product) => `who has ${product}`),
      'which subscriptions expire soon',
      ...(skus.some((sku) => freeSeats(sku) <= 0) ? ['license assignment errors'] : []),
    ],
    ...rest,
  });
}

/** How many more users have it than there are seats. */
const overUse = (sku: SkuState): number => Math.max(-freeSeats(sku), 0);

/** Seats of subscriptions that ran out: they cannot be assigned. */
const deadSeats = ({ suspended, lockedOut }: SkuState): number => suspended + lockedOut;

/** Several subscriptions of one product add up to the product's seats: how many there are, and how it stands. */
function subscriptionText(sku: SkuState, { subscriptions }: TenantState): string {
  const { skuId, capabilityStatus } = sku;
  const of = subscriptions.filter((subscription) => subscription.skuId === skuId);
  const dead = deadSeats(sku) === 0 ? '' : `, ${count(deadSeats(sku), 'seat')} suspended`;
  const status = `${isEnabled(capabilityStatus) ? 'active' : capabilityStatus}${dead}`;
  if (of.length < 2) return status;
  const states = [...Map.groupBy(of, (subscription) => subscription.status)]
    .map(([state, some]) => `${numeral(some.length)} ${state}`)
    .join(', ');
  return `${status}; ${count(of.length, 'subscription')}: ${states}`;
}

/** A bar for each product that was bought by the seat; of one or none there is nothing to compare. */
function chart(skus: readonly SkuState[], name: (sku: SkuState) => string): ChartBlock[] {
  const bars = skus
    .filter((sku) => assignableSeats(sku) < UNLIMITED_FROM && assignableSeats(sku) + sku.consumed > 0)
    .map((sku) => ({
      label: name(sku),
      parts: [
        { legend: 'Used', value: Math.min(sku.consumed, assignableSeats(sku)), tone: 'used' as const },
        { legend: 'Free', value: Math.max(freeSeats(sku), 0), tone: 'free' as const },
        { legend: 'Over', value: overUse(sku), tone: 'over' as const },
        { legend: 'Suspended', value: deadSeats(sku), tone: 'suspended' as const },
      ].filter(({ value }) => value > 0),
    }));
  return bars.length === 0 ? [] : [{ kind: 'chart', title: 'Seats', bars }];
}

function lead(skus: readonly SkuState[], name: (sku: SkuState) => string): string {
  const [only] = skus;
  if (!only) return 'The tenant’s products have not been read yet.';
  if (skus.length === 1) {
    const free = freeSeats(only);
    const bought = assignableSeats(only);
    const dead = deadSeats(only) === 0 ? '' : ` ${count(deadSeats(only), 'seat')} more suspended.`;
    return free < 0
      ? `${name(only)} has ${count(-free, 'more user')} than seats: ${numeral(only.consumed)} used, ${numeral(bought)} bought.${dead}`
      : `${name(only)} has ${free === 0 ? 'no free seat' : count(free, 'free seat')}: ${numeral(only.consumed)} of ${numeral(bought)} used.${dead}`;
  }
  const over = skus.filter((sku) => overUse(sku) > 0).length;
  const full = skus.filter((sku) => freeSeats(sku) === 0 && sku.consumed > 0).length;
  const parts = [
    ...(over > 0 ? [`${numeral(over)} with more users than seats`] : []),
    ...(full > 0 ? [`${numeral(full)} without a free seat`] : []),
  ];
  return `${count(skus.length, 'product')}, ${parts.join(', ') || 'all of them have free seats'}.`;
}
