import type { TimelineEntry } from '../acts/timeline.ts';
import type { MailboxKind } from '../tenant/account.ts';
import type { Behaviour } from '../tenant/behaviour.ts';
import type { RoleName } from '../tenant/role-assignments.ts';
import type { CapabilityStatus } from '../tenant/stock.ts';
import type { Service } from '../tenant/use.ts';

/** A license by part number, or with the names of the service plans that are switched off. */
export type LicenseSeed = string | { readonly sku: string; readonly off: readonly string[] };

export type PersonSeed = {
  readonly upn: string;
  readonly name: string;
  /** Null for people with one name, rooms and service accounts. */
  readonly given?: string | null;
  readonly family?: string | null;
  readonly department: string;
  readonly title?: string;
  /** Usage location; NL unless given. */
  readonly location?: string | null;
  readonly guest?: boolean;
  /** True: synced from on premises; false: was once; null (the default): never. */
  readonly synced?: boolean | null;
  readonly enabled?: boolean;
  /** Days from the last sign-in to the start; null: never signed in. Two unless given, and never when blocked. */
  readonly signedInDaysAgo?: number | null;
  /** Days from the last use of a service to the start; null: never. What is left out follows the sign-ins. */
  readonly usedDaysAgo?: Partial<Record<Service, number | null>>;
  readonly mailbox?: MailboxKind;
  readonly mailboxBytes?: number;
  readonly driveBytes?: number;
  readonly licenses?: readonly LicenseSeed[];
  /** Display names of groups of which the person is a direct member. */
  readonly groups?: readonly string[];
};

export type GroupSeed = {
  readonly name: string;
  readonly description?: string;
  readonly licenses?: readonly LicenseSeed[];
  readonly membershipRule?: string;
  readonly synced?: boolean;
  readonly mailEnabled?: boolean;
  /** True unless given: a distribution list and most Microsoft 365 groups are no security groups. */
  readonly securityEnabled?: boolean;
  readonly roleAssignable?: boolean;
  /** UPNs of its owners. */
  readonly owners?: readonly string[];
  /** Display names of groups that are members. */
  readonly nested?: readonly string[];
};

/** An administrative unit; `people` by UPN, `groups` by display name. */
export type UnitSeed = {
  readonly name: string;
  readonly description?: string;
  readonly people: readonly string[];
  readonly groups?: readonly string[];
};

/** A directory role of a person (UPN) or a role-assignable group (display name), over a unit or the tenant. */
export type RoleSeed = {
  readonly role: RoleName;
  readonly holder: { readonly person: string } | { readonly group: string };
  readonly unit?: string;
};

export type PurchaseSeed = {
  readonly sku: string;
  readonly seats: number;
  readonly status?: CapabilityStatus;
  readonly trial?: boolean;
  /** When the subscription moves on, in days after the start. */
  readonly renewsInDays?: number;
};

/** A kind of generated person; shares of all profiles are parts of their sum. */
export type ProfileSeed = {
  readonly share: number;
  readonly department: string;
  readonly guest?: boolean;
  readonly synced?: boolean;
  readonly licenses?: readonly LicenseSeed[];
  readonly groups?: readonly string[];
};

/** A tenant and what happens in it after play begins. */
export type Scenario = {
  readonly name: string;
  /** One sentence for the terminal. */
  readonly title: string;
  readonly people: readonly PersonSeed[];
  readonly groups: readonly GroupSeed[];
  readonly units: readonly UnitSeed[];
  readonly roles: readonly RoleSeed[];
  readonly purchases: readonly PurchaseSeed[];
  readonly profiles: readonly ProfileSeed[];
  readonly behaviour?: Partial<Behaviour>;
  readonly timeline: readonly TimelineEntry[];
};
