import type { ExplainedChange } from '../domain/ports.ts';
import type { Query, TimeRange } from '../language/query.ts';
import type { AnswerStore } from './deps.ts';

/**
 * The changes that a question is about, newest first. A product that is asked about is concerned by a swap to it,
 * and by the removal of the account that held it.
 */
export async function findChanges(
  store: Pick<AnswerStore, 'changes'>,
  { people, skus }: Pick<Query, 'people' | 'skus'>,
  range: TimeRange | null,
  limit: number,
): Promise<ExplainedChange[]> {
  const found = await store.changes.find({
    ...(people.length > 0 ? { userIds: people } : skus.length > 0 ? { skuIds: skus } : {}),
    ...(range ? { from: range.from, to: range.to } : {}),
    limit,
  });
  if (skus.length === 0) return found;
  return found.filter(
    ({ change }) =>
      [change.skuId, change.newSkuId].some((skuId) => skuId !== null && skus.includes(skuId)) ||
      change.before.some(({ skuId }) => change.skuId === null && skus.includes(skuId)),
  );
}
