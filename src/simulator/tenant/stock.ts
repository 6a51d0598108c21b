/** The life of a subscription, in the order in which it decays when nobody renews it. */
export const CAPABILITY_STATUSES = ['Enabled', 'Warning', 'Suspended', 'LockedOut', 'Deleted'] as const;
export type CapabilityStatus = (typeof CAPABILITY_STATUSES)[number];

/** A purchase, as `/directory/subscriptions` tells it. */
export type Subscription = {
  readonly id: string;
  readonly commerceSubscriptionId: string;
  readonly skuId: string;
  readonly createdAt: number;
  readonly isTrial: boolean;
  readonly ownerTenantId: string | null;
  status: CapabilityStatus;
  seats: number;
  nextLifecycleAt: number | null;
};

export type Units = { enabled: number; warning: number; suspended: number; lockedOut: number };

const UNIT_OF: Record<CapabilityStatus, keyof Units | null> = {
  Enabled: 'enabled',
  Warning: 'warning',
  Suspended: 'suspended',
  LockedOut: 'lockedOut',
  Deleted: null,
};

/** What the tenant has bought, and how many of each SKU are used. */
export class Stock {
  readonly #subscriptions: Subscription[];
  readonly #consumed = new Map<string, number>();

  constructor(subscriptions: readonly Subscription[]) {
    this.#subscriptions = [...subscriptions];
  }

  subscriptions(skuId?: string): Subscription[] {
    return this.#subscriptions.filter((one) => skuId === undefined || one.skuId === skuId);
  }

  /** SKUs with a subscription that is not deleted, in the order of purchase. */
  skuIds(): string[] {
    return [
      ...new Set(this.#subscriptions.filter((one) => one.status !== 'Deleted').map((one) => one.skuId)),
    ];
  }

  units(skuId: string): Units {
    const units: Units = { enabled: 0, warning: 0, suspended: 0, lockedOut: 0 };
    for (const one of this.subscriptions(skuId)) {
      const unit = UNIT_OF[one.status];
      if (unit) units[unit] += one.seats;
    }
    return units;
  }

  /** `Enabled` with at least one enabled unit, else the mildest status that any unit has. */
  capabilityStatus(skuId: string): CapabilityStatus {
    const statuses = this.subscriptions(skuId).map((one) => one.status);
    return CAPABILITY_STATUSES.find((status) => statuses.includes(status)) ?? 'Deleted';
  }

  consumed(skuId: string): number {
    return this.#consumed.get(skuId) ?? 0;
  }

  /** Suspended and locked-out units cannot be assigned; those in grace can. */
  free(skuId: string): number {
    const { enabled, warning } = this.units(skuId);
    return enabled + warning - this.consumed(skuId);
  }

  consume(skuId: string, seats: number): void {
    this.#consumed.set(skuId, this.consumed(skuId) + seats);
  }
}
