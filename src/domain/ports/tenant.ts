/** What jobs need of Microsoft 365. Times are ms UTC; ids are lower case. */
import type { OwnAccess } from '../access/own-access.ts';
import type { ServiceIssue } from '../audit/event.ts';
import type { LicenseDates } from '../dates/license-dates.ts';
import type { GroupNow } from '../license/group-now.ts';
import type { LeftOutRow, LicensedGroup, TenantRead } from '../license/sku.ts';
import type { UserState } from '../license/user-state.ts';
import type { SignIn } from '../spend/sign-in.ts';
import type { ReportName } from '../usage/report.ts';
import type { MailboxPurpose, UsagePage } from './usage.ts';

/** Why a read is incomplete. `code` is stable; `message` is a sentence that says what to do. */
export type ReadFailureCode =
  | 'unauthorized'
  | 'forbidden'
  | 'throttled'
  | 'unreachable'
  | 'server-error'
  | 'timeout'
  | 'malformed'
  | 'invalid-row'
  | 'paging-loop'
  | 'too-many-pages'
  | 'cross-origin'
  | 'expired-page'
  | 'auditing-off'
  /** A content type of the Management Activity API that has to be opened (again). */
  | 'closed'
  | 'refused'
  | 'cancelled';

/** Thrown by every reader when a read cannot be completed; nothing of that read may be used. */
export class TenantReadError extends Error {
  readonly code: ReadFailureCode;
  /** The permission that a 403 is missing, when known. */
  readonly permission: string | null;
  constructor(
    code: ReadFailureCode,
    message: string,
    options: { permission?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'TenantReadError';
    this.code = code;
    this.permission = options.permission ?? null;
  }
}

export type DeltaResult =
  | { kind: 'changes'; changedIds: string[]; link: string }
  /** The token is dead or unusable: read everything. */
  | { kind: 'resync'; reason: string };

/** One page of the listing of all users. */
export type UserPage = {
  /** Names the text of the page's rows: pages of one digest tell the same. Null where the reader gives none. */
  digest: string | null;
  /** The users on the page; it is parsed when they are asked for. Throws TenantReadError. */
  users(): UserState[];
};

/** `leftOut`: rows of another form than Microsoft documents. */
export type ServiceIssueRead = { issues: ServiceIssue[]; leftOut: LeftOutRow[] };

/** Microsoft's dates of a user's licenses, as one answer has them. */
export type DatesRead = Omit<LicenseDates, 'readAt'>;

/** A page of them, how many of its rows had another form than documented, and the link of the next; null behind the last. */
export type DatesPageRead = { dates: DatesRead[]; leftOut: number; next: string | null };

/** Asks whether the tenant writes audit records at all; `state` null where that cannot be told, with the reason. */
export interface TenantAuditing {
  ask(signal: AbortSignal): Promise<{ state: 'on' | 'off' | null; detail: string | null }>;
}

/** What we are to the tenant. Neither throws TenantReadError. */
export interface TenantAccess {
  /** Our application id and the object id of our service principal, lower case; empty where they cannot be found out. */
  ids(signal: AbortSignal): Promise<string[]>;
  /** Which permissions the tenant gives us now. */
  ask(signal: AbortSignal): Promise<OwnAccess>;
}

/** Every method throws TenantReadError. */
export interface TenantReader {
  /** All users, page by page; ends only when the last page was read. */
  users(signal: AbortSignal): AsyncIterable<UserPage>;
  /** A delta link that starts now. Take it before a full read. */
  deltaLinkFromNow(signal: AbortSignal): Promise<string>;
  /** Ids of users that changed, were created or were deleted since the link. */
  changedSince(link: string, signal: AbortSignal): Promise<DeltaResult>;
  /** Reads these users again; those that Graph answers 404 for are `missing`. */
  usersById(ids: readonly string[], signal: AbortSignal): Promise<{ found: UserState[]; missing: string[] }>;
  /** Which of these ids are in the directory's deleted items. */
  deletedAmong(ids: readonly string[], signal: AbortSignal): Promise<string[]>;
  /** Products, subscriptions, and the groups that give licenses now. */
  tenantState(signal: AbortSignal): Promise<TenantRead>;
  /** Those of these groups that exist, whether they give licenses or not. */
  groupsById(ids: readonly string[], signal: AbortSignal): Promise<LicensedGroup[]>;
  /** Microsoft's service incidents, without those that could not be read. */
  serviceIssues(signal: AbortSignal): Promise<ServiceIssueRead>;
  /** When each account was last used, page by page; ends only when the last page was read. A user can come twice. */
  signIns(signal: AbortSignal): AsyncIterable<SignIn[]>;
  /** A page of Microsoft's dates of everybody's licenses; the first one without a link. */
  licenseDatesPage(link: string | null, signal: AbortSignal): Promise<DatesPageRead>;
  /** Microsoft's dates of these users' licenses; those who are gone are left out. */
  licenseDatesOf(ids: readonly string[], signal: AbortSignal): Promise<DatesRead[]>;
  /** A usage report, some rows at a time; ends only when the last row was read. A row can come twice. */
  usageReport(report: ReportName, signal: AbortSignal): AsyncIterable<UsagePage>;
  /** Whether the tenant conceals names in usage reports. */
  concealsNames(signal: AbortSignal): Promise<boolean>;
  /** What the mailboxes of these accounts are for; those that cannot be read are left out. */
  mailboxPurposes(ids: readonly string[], signal: AbortSignal): Promise<MailboxPurpose[]>;
  /** A group with its direct members, as it is now; null where there is none. */
  groupNow(groupId: string, signal: AbortSignal): Promise<GroupNow | null>;
  /** The groups of these names, in any letter case, whether they give licenses or not. */
  groupsNamed(names: readonly string[], signal: AbortSignal): Promise<LicensedGroup[]>;
  /** Whether anybody owns a group now; null where there is no such group. */
  hasOwner(groupId: string, signal: AbortSignal): Promise<boolean | null>;
  /** Object ids of a group's direct and nested members. */
  groupMembers(groupId: string, signal: AbortSignal): Promise<Set<string>>;
}
