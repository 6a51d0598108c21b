import { assignableSeats, freeSeats, type SkuState } from '../domain/license/sku.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { namesIn } from './names.ts';
import { count } from './times.ts';

/** Bought, used and free seats of each product; of some when they are named. */
export async function seats(query: Query, deps: AnswerDeps): Promise<Answer> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const skus = tenant.skus
    .filter(({ skuId }) => query.skus.length === 0 || query.skus.includes(skuId))
    .toSorted((a, b) => freeSeats(a) - freeSeats(b) || b.consumed - a.consumed);
  const name = (sku: SkuState): string => names.product(sku.skuId);
  return makeAnswer('seats', lead(skus, name), {
    blocks: table(
      ['Product', 'Bought', 'Used', 'Free', 'Subscription'],
      skus.map((sku) => [
        name(sku),
        String(assignableSeats(sku)),
        String(sku.consumed),
        String(freeSeats(sku)),
        sku.capabilityStatus,
      ]),
    ),
    completeUntil: await completeUntil(deps.store, deps),
    next: skus.length === 1 ? skus.map((sku) => `who has ${name(sku)}`) : ['which subscriptions expire soon'],
  });
}

function lead(skus: readonly SkuState[], name: (sku: SkuState) => string): string {
  const [only] = skus;
  if (!only) return 'The tenant’s products have not been read yet.';
  if (skus.length === 1) {
    const free = freeSeats(only);
    const bought = assignableSeats(only);
    return free < 0
      ? `${name(only)} has ${count(-free, 'more user')} than seats: ${only.consumed} used, ${bought} bought.`
      : `${name(only)} has ${free === 0 ? 'no free seat' : count(free, 'free seat')}: ${only.consumed} of ${bought} used.`;
  }
  const short = skus.filter((sku) => freeSeats(sku) <= 0 && sku.consumed > 0).length;
  const rest = short === 0 ? 'all of them have free seats' : `${short} without a free seat`;
  return `${count(skus.length, 'product')}, ${rest}.`;
}
