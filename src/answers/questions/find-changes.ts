import type { LicenseChange } from '../../domain/license/change.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { AnswerStore } from '../answer/deps.ts';

/**
 * The changes that a question is about, newest first. A product that is asked about is concerned by a swap to it,
 * and by the removal of the account that held it.
 */
export async function findChanges(
  store: Pick<AnswerStore, 'changes'>,
  { people, skus, groups }: Pick<Query, 'people' | 'skus' | 'groups'>,
  range: TimeRange | null,
  limit: number,
): Promise<ExplainedChange[]> {
  const found = await store.changes.find({
    ...(people.length > 0 ? { userIds: people } : skus.length > 0 ? { skuIds: skus } : {}),
    ...(range ? { from: range.from, to: range.to } : {}),
    limit,
  });
  return found.filter(
    ({ change }) => (skus.length === 0 || concernsSkus(change, skus)) && concernsGroups(change, groups),
  );
}

/** Whether a change took or gave one of these products, or removed an account that held one. */
export const concernsSkus = ({ skuId, newSkuId, before }: LicenseChange, skus: readonly string[]): boolean =>
  [skuId, newSkuId].some((id) => id !== null && skus.includes(id)) ||
  (skuId === null && before.some((held) => skus.includes(held.skuId)));

/** Whether somebody had a license by one of these groups before a change or after it; of no groups any change is. */
export const concernsGroups = ({ before, after }: LicenseChange, groups: readonly string[]): boolean =>
  groups.length === 0 || [...before, ...after].some(({ path }) => groups.includes(path));
