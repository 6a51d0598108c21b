import { assignableSeats, freeSeats } from '../../domain/license/sku.ts';
import { namesIn } from '../words/names.ts';
import { type ExportTable, iso, plainRow } from './table.ts';

const SEATS = [
  'sku_id',
  'part_number',
  'product',
  'bought',
  'used',
  'free',
  'in_grace',
  'suspended',
  'locked_out',
  'status',
] as const;

/** Seats of each product, as they are now. */
export const seatsTable: ExportTable = {
  columns: SEATS,
  async *rows({ users }, { skus }) {
    const tenant = await users.tenant();
    const names = namesIn(tenant);
    yield tenant.skus
      .filter(({ skuId }) => skus.length === 0 || skus.includes(skuId))
      .map((sku) =>
        plainRow(SEATS, [
          sku.skuId,
          sku.partNumber,
          names.product(sku.skuId),
          assignableSeats(sku),
          sku.consumed,
          freeSeats(sku),
          sku.warning,
          sku.suspended,
          sku.lockedOut,
          sku.capabilityStatus,
        ]),
      );
  },
};

const SUBSCRIPTIONS = ['id', 'sku_id', 'product', 'seats', 'status', 'renews_or_ends', 'trial'] as const;

/** All subscriptions, the one that moves to its next state first at the top. */
export const subscriptionsTable: ExportTable = {
  columns: SUBSCRIPTIONS,
  async *rows({ users }, { skus }) {
    const tenant = await users.tenant();
    const names = namesIn(tenant);
    yield tenant.subscriptions
      .filter(({ skuId }) => skus.length === 0 || skus.includes(skuId))
      .toSorted((a, b) => (a.nextLifecycleAt ?? Number.MAX_VALUE) - (b.nextLifecycleAt ?? Number.MAX_VALUE))
      .map((subscription) =>
        plainRow(SUBSCRIPTIONS, [
          subscription.id,
          subscription.skuId,
          names.product(subscription.skuId),
          subscription.totalLicenses,
          subscription.status,
          iso(subscription.nextLifecycleAt),
          String(subscription.isTrial),
        ]),
      );
  },
};
