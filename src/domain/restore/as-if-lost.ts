import type { LicenseChange } from '../license/change.ts';
import { type Assignment, DIRECT } from '../license/user-state.ts';

/**
 * Direct licenses that somebody never had, or still has, in the form in which plans and deadlines take what was
 * lost.
 * @param before assignments of one product
 * @param at when they would have been lost, ms UTC
 */
export const asIfLost = (
  userId: string,
  skuId: string,
  before: readonly Assignment[],
  at: number,
): LicenseChange => ({
  id: `${userId} ${skuId}`,
  scanId: '',
  observedBefore: at,
  observedAfter: at,
  kind: 'lost',
  userId,
  skuId,
  newSkuId: null,
  path: DIRECT,
  before: [...before],
  after: [],
  user: null,
  skuBefore: null,
  skuAfter: null,
});
