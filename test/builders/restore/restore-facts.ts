import { productName, servicePlanName } from '../../../src/domain/license/catalogue.ts';
import type { LicenseChange } from '../../../src/domain/license/change.ts';
import type { LicensedGroup, SkuState } from '../../../src/domain/license/sku.ts';
import type { UserState } from '../../../src/domain/license/user-state.ts';
import type { RestoreFacts } from '../../../src/domain/restore/plan-types.ts';

export type RestoreFactsInput = {
  changes?: readonly LicenseChange[];
  present?: readonly UserState[];
  removedAt?: Readonly<Record<string, number>>;
  skus?: readonly SkuState[];
  groups?: readonly LicensedGroup[];
  now?: number;
};

/** What a plan is made from, an hour after the loss; products and subscriptions are unread unless given. */
export const someRestoreFacts = (over: RestoreFactsInput = {}): RestoreFacts => ({
  changes: over.changes ?? [],
  present: new Map((over.present ?? []).map((state) => [state.id, state])),
  removedAt: new Map(Object.entries(over.removedAt ?? {})),
  tenant: { skus: [...(over.skus ?? [])], subscriptions: [], groups: [...(over.groups ?? [])] },
  now: over.now ?? Date.parse('2026-11-23T09:15:00Z'),
  productName,
  servicePlanName,
});
