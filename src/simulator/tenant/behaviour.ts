import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts';

/** The spellings of the group licensing account that are on record, and no actor at all. */
const GROUP_LICENSING_NAMES = [
  'Microsoft Azure AD Group-Based Licensing',
  'Microsoft Entra group-Based Licensing',
  'Microsoft Entra ID Group-Based Licensing',
] as const;

/**
 * Everything that Microsoft does not document, documents in two ways, or is known to do differently. Each
 * test can switch it; the defaults are the likeliest. Durations are ms before the scenario's speed.
 */
export type Behaviour = {
  /** Largest page when `signInActivity` is selected: 120 by older texts, 500 by newer ones. */
  signInActivityPageSize: number;
  /** False: no Entra ID P1, so `signInActivity` and the audit reports answer 403. */
  premium: boolean;
  /** What `licenseAssignmentStates.error` says when there is none. */
  noError: 'None' | '' | null;
  /** Writes the SKU ids of `licenseAssignmentStates` in upper case. */
  upperCaseSkuIds: boolean;
  /** Whether users have `assignedPlans`: an answer may come without them. */
  assignedPlans: boolean;
  /** How long each further page of a group's transitive members takes, ms, whatever the scenario's speed. */
  memberPageMs: number;
  /** Users on a page of `users/delta`. */
  deltaPageSize: number;
  /** How an expired delta token is refused. */
  deltaExpiry: 'gone' | 'syncStateNotFound' | 'olderThan30Days';
  deltaTokenLifeMs: number;
  /** Reports every change twice in a delta round, in another order. */
  deltaDuplicates: boolean;
  /** Whether delta reports a change of `assignedLicenses`; nothing documents it. */
  deltaTracksLicenses: boolean;
  /** How long group membership and group license changes wait until members are processed. */
  groupProcessingMs: number;
  groupLicensingName: (typeof GROUP_LICENSING_NAMES)[number] | 'absent';
  /**
   * Who writes license records: whoever acts, and group-based licensing (`before`); since August 2026 Microsoft's
   * licensing service alone, whoever acted (`licensing-service`); or now one and now the other (`mixed`).
   */
  licenseRecords: 'before' | 'licensing-service' | 'mixed';
  /** What becomes of a deleted group's licenses: documents of different years disagree. */
  deletedGroupLicenses: 'removed' | 'made-direct' | 'kept-in-error';
  /** How a change of a dynamic group's members is refused: people report 403, and no text is on record for 400. */
  dynamicGroupRefusal: 'bad-request' | 'forbidden';
  /** When a record shows up in each source, after it happened. */
  directoryAuditDelayMs: number;
  activityDelayMs: number;
  /** Page sizes of the audit sources. */
  directoryAuditPageSize: number;
  activityPageSize: number;
  serviceIssuePageSize: number;
  /** How far usage reports are behind, ms, whatever the scenario's speed: two days, and at times three or more. */
  usageDelayMs: number;
  /** Every so many accounts somebody stands twice in a usage report; 0: nobody does. */
  usageTwiceEvery: number;
  /** Whether usage reports have hashes in place of names. */
  concealedNames: boolean;
  /** 5 requests in 10 s for the audit reports and listings with `signInActivity`, 10 a minute for one user's. */
  reportThrottle: boolean;
  /** Units in 10 s that an app may use of the directory; null: no limit. `'by-size'`: Microsoft's limits. */
  resourceUnits: number | 'by-size' | null;
  /** Writes in 2.5 minutes that an app may make; null: no limit. */
  writeLimit: number | 'microsoft' | null;
  /** Office 365's page header: the reference says NextPageUri, another page NextPageUrl. */
  nextPageHeader: 'NextPageUri' | 'NextPageUrl';
  /** Wrong enum case, as the documentation's own example has it. */
  pascalCaseServiceIssues: boolean;
  /** Clients filter on `category`, though it is not listed as filterable. */
  auditCategoryFilter: boolean;
  /** How far the clock of every service is from ours, ms: positive where theirs is ahead. */
  dateSkewMs: number;
  /** How long a restored user stays unknown to requests for this one user: the directory is in many places. */
  restoreLagMs: number;
  /** How long Graph takes to post a change notification: minutes on average, a quarter of an hour at most. */
  notificationDelayMs: number;
  /** Whether a change of licenses is notified; that it is, is inferred, and documented nowhere. */
  notifiesOfLicenses: boolean;
  /** Posts some notifications twice. */
  notificationDuplicates: boolean;
  /** Whether a restored user gets licenses back while seats are free. */
  restoreGivesLicenses: boolean;
};

export const DEFAULT_BEHAVIOUR: Behaviour = {
  signInActivityPageSize: 500,
  premium: true,
  noError: 'None',
  upperCaseSkuIds: false,
  assignedPlans: true,
  memberPageMs: 400,
  deltaPageSize: 200,
  deltaExpiry: 'olderThan30Days',
  deltaTokenLifeMs: 30 * DAY_MS,
  deltaDuplicates: false,
  deltaTracksLicenses: true,
  groupProcessingMs: 20_000,
  groupLicensingName: 'Microsoft Entra group-Based Licensing',
  licenseRecords: 'before',
  deletedGroupLicenses: 'removed',
  dynamicGroupRefusal: 'bad-request',
  directoryAuditDelayMs: MINUTE_MS,
  activityDelayMs: HOUR_MS,
  directoryAuditPageSize: 1000,
  activityPageSize: 200,
  serviceIssuePageSize: 100,
  usageDelayMs: 3 * DAY_MS,
  usageTwiceEvery: 10,
  concealedNames: false,
  reportThrottle: true,
  resourceUnits: null,
  writeLimit: null,
  nextPageHeader: 'NextPageUri',
  pascalCaseServiceIssues: false,
  auditCategoryFilter: true,
  dateSkewMs: 0,
  restoreLagMs: 0,
  notificationDelayMs: MINUTE_MS,
  notifiesOfLicenses: true,
  notificationDuplicates: true,
  restoreGivesLicenses: true,
};
