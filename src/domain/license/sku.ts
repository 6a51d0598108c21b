/** What a capability status means for users is in Microsoft's decay order: Enabled → Warning → Suspended → LockedOut → Deleted. */
export type SkuState = {
  skuId: string;
  partNumber: string;
  appliesTo: string;
  capabilityStatus: string;
  consumed: number;
  enabled: number;
  warning: number;
  suspended: number;
  lockedOut: number;
  /** Ids of the service plans in the product. */
  planIds: string[];
  /** Microsoft's names of those plans that its published table does not have, by plan id; absent where it has all. */
  planNames?: Record<string, string>;
  subscriptionIds: string[];
};

export type SubscriptionState = {
  id: string;
  commerceSubscriptionId: string | null;
  skuId: string;
  partNumber: string | null;
  status: string;
  totalLicenses: number;
  isTrial: boolean;
  /** When the subscription moves to its next status if it is not renewed, ms UTC. */
  nextLifecycleAt: number | null;
  ownerTenantId: string | null;
};

export type LicensedGroup = {
  id: string;
  displayName: string;
  membershipRule: string | null;
  dynamic: boolean;
  onPremisesSyncEnabled: boolean | null;
  /** A mail-enabled security group, whose members only Exchange changes; false for a Microsoft 365 group. */
  mailEnabled: boolean;
  /** False where it cannot give licenses; absent in what was read before this was asked for. */
  securityEnabled?: boolean;
  roleAssignable: boolean;
  assignedLicenses: { skuId: string; disabledPlans: string[] }[];
};

/** A row that Microsoft sent in another form than documented. `id` as it was written; null without one. */
export type LeftOutRow = { id: string | null; why: string };

/** What is read beside the users. */
export type TenantState = {
  skus: SkuState[];
  subscriptions: SubscriptionState[];
  groups: LicensedGroup[];
};

/** As Microsoft tells it now: odd subscriptions are left out, as the lack of one is no lost license. */
export type TenantRead = TenantState & { leftOut: LeftOutRow[] };

/** Whether a subscription is paid for and in no grace period. */
export const isEnabled = (status: string): boolean => status.toLowerCase() === 'enabled';

/** Seats that can be assigned: enabled and in grace; suspended and locked-out ones cannot (Graph `licenseUnitsDetail`). */
export const assignableSeats = (sku: SkuState): number => sku.enabled + sku.warning;

/** Seats left; below zero when more is assigned than bought. */
export const freeSeats = (sku: SkuState): number => assignableSeats(sku) - sku.consumed;
