import type { SkuState } from './sku.ts';
import type { Assignment, AssignmentPath } from './user-state.ts';

export type ChangeKind =
  | 'lost'
  | 'gained'
  | 'swap'
  | 'path-changed'
  | 'plans-changed'
  | 'never-granted'
  | 'account-removed'
  | 'account-restored'
  | 'subscription-changed'
  | 'seats-changed';

/** What the user looked like when the change was seen: names are kept as they were then. */
export type UserSnapshot = {
  displayName: string;
  userPrincipalName: string;
  usageLocationBefore: string | null;
  usageLocationAfter: string | null;
  onPremisesSyncEnabled: boolean | null;
  accountEnabled: boolean | null;
};

/**
 * One difference between two complete reads. Tenant-wide changes have no `userId`, account changes no
 * `skuId`. `path` is the assignment path that changed, null when more than one did or none applies.
 */
export type DetectedChange = {
  kind: ChangeKind;
  userId: string | null;
  skuId: string | null;
  /** Only on `swap`: the SKU that replaced `skuId`. */
  newSkuId: string | null;
  path: AssignmentPath | null;
  /** All of the user's assignments that the change concerns, before and after: what a restore gives back. */
  before: Assignment[];
  after: Assignment[];
  user: UserSnapshot | null;
  skuBefore: SkuState | null;
  skuAfter: SkuState | null;
};

/** A detected change in the ledger. `observed…` are the two reads it lies between, ms UTC. */
export type LicenseChange = DetectedChange & {
  id: string;
  scanId: string;
  observedBefore: number;
  observedAfter: number;
};
