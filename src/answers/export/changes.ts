import type { ChangeKind } from '../../domain/license/change.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import { concernsGroups, concernsSkus } from '../questions/find-changes.ts';
import { loadNames } from '../words/names.ts';
import { inChunks } from './in-chunks.ts';
import { type ExportTable, iso } from './table.ts';

/**
 * The ledger of license changes, each with what is known of its cause.
 * @param kinds only these; empty: all
 * @param concerns whether a change is about one of the products that are asked about; of none, whether it belongs here
 */
export const changesTable = (
  kinds: readonly ChangeKind[],
  concerns: typeof concernsSkus = (change, skus) => skus.length === 0 || concernsSkus(change, skus),
): ExportTable => ({
  columns: [
    'id',
    'seen_before',
    'seen_after',
    'kind',
    'user_id',
    'user',
    'sku_id',
    'product',
    'new_sku_id',
    'new_product',
    'path',
    'cause',
    'certainty',
    'actor',
    'actor_id',
    'incident_id',
  ],
  async *rows(store, { range, people, skus, groups }) {
    const names = await loadNames(store);
    const product = (skuId: string | null): string => (skuId === null ? '' : names.product(skuId));
    const oldestFirst = async (window: Parameters<typeof store.changes.find>[0]) =>
      (
        await store.changes.find({
          ...window,
          ...(people.length > 0 ? { userIds: people } : {}),
          ...(kinds.length > 0 ? { kinds } : {}),
        })
      ).toReversed();
    for await (const chunk of inChunks(oldestFirst, range, { canSkip: true })) {
      const wanted = chunk.filter(({ change }) => concerns(change, skus) && concernsGroups(change, groups));
      yield wanted.map(({ change, verdict, incidentId }: ExplainedChange) => ({
        cells: [
          change.id,
          iso(change.observedBefore),
          iso(change.observedAfter),
          change.kind,
          change.userId,
          change.user?.userPrincipalName ?? null,
          change.skuId,
          product(change.skuId),
          change.newSkuId,
          product(change.newSkuId),
          change.path,
          verdict?.cause ?? null,
          verdict?.level ?? null,
          verdict?.actor?.name ?? null,
          verdict?.actor?.id ?? null,
          incidentId,
        ],
        record: {
          ...change,
          observedBefore: iso(change.observedBefore),
          observedAfter: iso(change.observedAfter),
          verdict,
          incidentId,
        },
      }));
    }
  },
});
