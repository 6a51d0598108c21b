import { count, plural } from '../../domain/numerals.ts';
import { containedLookup, containedPairs } from '../../domain/spend/contained.ts';
import { canBeWasted } from '../../domain/spend/product-kind.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { table, text } from '../answer/make-answer.ts';
import { namesIn } from '../words/names.ts';

/** As many users of two products are looked at one by one. */
const MAX_USERS = 500;

/**
 * Licenses that give somebody nothing which another product of theirs does not give as well, services that are
 * switched off left aside. No blocks where there are none.
 */
export async function containedProducts({ skus }: Query, { store }: AnswerDeps): Promise<AnswerBlock[]> {
  const tenant = await store.users.tenant();
  const names = namesIn(tenant);
  const contained = containedLookup(tenant.skus);
  const pairs = containedPairs(tenant.skus.filter(canBeWasted)).filter(
    (pair) => skus.length === 0 || skus.includes(pair.skuId) || skus.includes(pair.inSkuId),
  );
  const rows = new Map<string, string[]>();
  let isAll = true;
  for (const { skuId, inSkuId } of pairs) {
    const filter = { kind: 'of-several', skuIds: [skuId, inSkuId] } as const;
    const { users, total } = await store.users.find(filter, { skip: 0, take: MAX_USERS });
    isAll &&= total <= MAX_USERS;
    for (const { state } of users) {
      if (!contained(state).some((one) => one.skuId === skuId && one.inSkuId === inSkuId)) continue;
      rows.set(`${state.id} ${skuId}`, [state.displayName, names.product(skuId), names.product(inSkuId)]);
    }
  }
  if (rows.size === 0) return [];
  return [
    ...text(
      `${isAll ? '' : 'At least '}${count(rows.size, 'license')} ${plural(rows.size, 'gives', 'give')} nothing that another product of the same person does not give as well, and ${plural(rows.size, 'takes', 'take')} a seat.`,
    ),
    ...table(['User', 'Product', 'Is contained in'], [...rows.values()]),
  ];
}
