import type { Replacement } from '../../domain/attribution/verdict.ts';
import { replacementOf, type Settled, settle } from '../../domain/incident/settle.ts';
import type { LicenseChange } from '../../domain/license/change.ts';
import { swapFit } from '../../domain/license/swap.ts';
import type { JobContext } from '../context.ts';
import { presentUsers } from '../present-users.ts';

/** What became of the changes of one read while they settled. */
type SettledChanges = {
  /** What became of each, by its id. */
  became: Map<string, Settled>;
  /** The losses that were the first step of a swap. */
  replacements: Replacement[];
};

/** Compares the changes of one read with what the users hold by now, and with what they gained since. */
export async function settleChanges(
  context: JobContext,
  changes: readonly LicenseChange[],
): Promise<SettledChanges> {
  const { store } = context;
  const userIds = [...new Set(changes.flatMap((change) => change.userId ?? []))];
  const present = await presentUsers(context, userIds);
  const observedAfter = changes[0]?.observedAfter ?? 0;
  const later = await store.changes.find({ userIds, kinds: ['gained'], from: observedAfter });
  const laterByUser = Map.groupBy(later, ({ change }) => change.userId);
  const { skus } = await store.users.tenant();
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const related = (lost: string, gained: string): boolean => swapFit(lost, gained, live) !== null;
  const settled: SettledChanges = { became: new Map(), replacements: [] };
  for (const change of changes) {
    const { userId, skuId } = change;
    const state = userId === null ? null : (present.get(userId) ?? null);
    const gained = (laterByUser.get(userId) ?? []).map((explained) => explained.change);
    const became = settle(change, state, gained, related);
    settled.became.set(change.id, became);
    if (became !== 'swapped' || userId === null || skuId === null || state === null) continue;
    const newSkuId = replacementOf(change, state, gained, related);
    if (newSkuId !== null) settled.replacements.push({ userId, skuId, newSkuId });
  }
  return settled;
}
