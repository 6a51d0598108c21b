import type { Actor, AuditEvent, ServiceIssue, SourceCoverage } from '../audit/event.ts';
import type { DetectedChange } from '../license/change.ts';
import type { LicensedGroup, SubscriptionState } from '../license/sku.ts';
import type { AssignmentPath } from '../license/user-state.ts';

/** What we did ourselves: one step of a restore or its undo that was carried out. `at` is ms UTC. */
export type OwnStep = {
  /** Null: every member of a group whose licenses we changed. */
  userId: string | null;
  effect: 'gives' | 'takes' | 'restores-account';
  /** The path that it gives or takes; null: any, as where a user's groups are processed again. */
  path: AssignmentPath | null;
  /** Null: whatever comes by the path. */
  skuIds: readonly string[] | null;
  at: number;
  /** Who decided it. */
  by: string;
};

/** A swap in two steps whose second step a later read has seen: who has which product in place of which. */
export type Replacement = { userId: string; skuId: string; newSkuId: string };

export type VerdictLevel = 'proved' | 'likely' | 'unexplained' | 'unrecorded';

export type Cause =
  | 'admin-action'
  | 'self-service'
  | 'group-membership'
  | 'group-license'
  | 'dynamic-rule'
  | 'group-deleted'
  | 'directory-sync'
  | 'subscription-lifecycle'
  | 'billing'
  | 'seat-shortage'
  | 'usage-location'
  | 'assignment-error'
  | 'account-deleted'
  | 'account-restored'
  | 'service-incident'
  | 'microsoft-change'
  | 'automation'
  | 'license-watch'
  | 'unknown';

/** One dated sentence of the story, with the record ids that show it. `at` is ms UTC. */
export type ChainLink = {
  at: number;
  what: string;
  evidence: string[];
  /** On what happened near the change and is not known to be its cause: what it was. */
  near?: 'membership' | undefined;
};

/** The answer to who and why for one change. The actor is the root of the chain, never the licensing service. */
export type Verdict = {
  level: VerdictLevel;
  cause: Cause;
  actor: Actor | null;
  chain: ChainLink[];
  /** Ids of all records in the chain, once each. */
  evidence: string[];
  /** The group whose edit or membership is behind the change. */
  groupId: string | null;
  /** Microsoft service incidents that were open in the window: said beside the verdict, not instead of it. */
  advisories: string[];
  /** On a loss that is half of a swap: the product that was to come in its place and did not. */
  missingSkuId?: string | undefined;
};

/** What attribution may look at: everything between two reads and up to 24 hours before. */
export type AttributionContext = {
  observedBefore: number;
  observedAfter: number;
  now: number;
  /** All changes between the two reads. */
  changes: readonly DetectedChange[];
  events: readonly AuditEvent[];
  groups: readonly LicensedGroup[];
  serviceIssues: readonly ServiceIssue[];
  coverage: readonly SourceCoverage[];
  auditingEnabled: boolean;
  /** Records of the time of these changes that could not be read: with any, the logs are not complete. */
  unreadRecords?: number;
  /** Service principal ids and app ids that are ourselves, lower case. */
  ownAppIds: readonly string[];
  /** Ids of users in the directory's deleted items, lower case. */
  deletedUserIds: readonly string[];
  /** Names of people by object id, for the sentences; without it the records' own names are used. */
  names?: ReadonlyMap<string, string>;
  /** Swaps in two steps whose second step was seen later. */
  replacements?: readonly Replacement[];
  /** What we did ourselves within the window or shortly before, by which the log's name for us is known. */
  ownSteps?: readonly OwnStep[];
  /** The tenant's subscriptions at each read, where they were kept. */
  subscriptionsBefore?: readonly SubscriptionState[];
  subscriptionsAfter?: readonly SubscriptionState[];
};
