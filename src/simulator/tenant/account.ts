import type { Use } from './use.ts';

export type MailboxKind = 'user' | 'shared' | 'room' | 'equipment';

export type AssignmentState = 'Active' | 'ActiveWithError' | 'Disabled' | 'Error';

/** One SKU by one source, direct (`groupId` null) or a group: what `licenseAssignmentStates` tells. */
export type LicenseSource = {
  readonly skuId: string;
  readonly groupId: string | null;
  readonly disabledPlans: readonly string[];
  readonly state: AssignmentState;
  /** `None`, or a violation's name. */
  readonly error: string;
  readonly updatedAt: number;
};

/** A plan that a license once gave: `assignedPlans` keeps it as `Deleted`. */
export type FormerServicePlan = { readonly servicePlanId: string; readonly at: number };

/** When a plan came that was not there from the account's first day: `assignedPlans.assignedDateTime`. */
export type ServicePlanStart = { readonly servicePlanId: string; readonly at: number };

/** One user object. Never changed in place: a change is a new object, so that rendered texts can be kept by it. */
export type Account = {
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly userPrincipalName: string;
  readonly mail: string | null;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly officeLocation: string | null;
  readonly preferredLanguage: string | null;
  readonly usageLocation: string | null;
  readonly accountEnabled: boolean;
  readonly userType: 'Member' | 'Guest';
  readonly onPremisesSyncEnabled: boolean | null;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
  readonly sources: readonly LicenseSource[];
  readonly formerServicePlans: readonly FormerServicePlan[];
  readonly servicePlanStarts: readonly ServicePlanStart[];
  /** What it did last in each service, where that is not when it signed in. */
  readonly use?: Use;
  /** What its mailbox is for, where that is not a person's. */
  readonly mailbox?: MailboxKind;
};

export type HeldLicense = { readonly skuId: string; readonly disabledPlans: readonly string[] };

/** Whether this source gives the license; one in `Error` or `Disabled` does not. */
export const gives = (source: LicenseSource): boolean =>
  source.state === 'Active' || source.state === 'ActiveWithError';

/**
 * What `assignedLicenses` says: one entry for each SKU that any source gives. A plan is off only if every
 * source turns it off, because enabled services of all sources add up.
 */
export function heldLicenses(sources: readonly LicenseSource[]): HeldLicense[] {
  const held = new Map<string, readonly string[]>();
  for (const source of sources) {
    if (!gives(source)) continue;
    const other = held.get(source.skuId);
    const disabled = other
      ? other.filter((plan) => source.disabledPlans.includes(plan))
      : source.disabledPlans;
    held.set(source.skuId, disabled);
  }
  return [...held].map(([skuId, disabledPlans]) => ({ skuId, disabledPlans }));
}

export const directSource = (sources: readonly LicenseSource[], skuId: string): LicenseSource | undefined =>
  sources.find((source) => source.skuId === skuId && source.groupId === null);
