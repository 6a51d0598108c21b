import { productName } from '../../domain/license/catalogue.ts';
import { inChunks } from './in-chunks.ts';
import { type ExportTable, iso } from './table.ts';

/** The ledger of license changes, each with what is known of its cause. */
export const changesTable: ExportTable = {
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
  async *rows({ changes, users }, range) {
    const { skus } = await users.tenant();
    const partNumbers = new Map(skus.map(({ skuId, partNumber }) => [skuId, partNumber]));
    const product = (skuId: string | null): string =>
      skuId === null ? '' : productName(skuId, partNumbers.get(skuId));
    const oldestFirst = async (window: Parameters<typeof changes.find>[0]) =>
      (await changes.find(window)).toReversed();
    for await (const chunk of inChunks(oldestFirst, range)) {
      yield chunk.map(({ change, verdict, incidentId }) => ({
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
};
