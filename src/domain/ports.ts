/** The few interfaces that jobs and answers need. Times are ms UTC; ids are lower case. */
import type { Verdict } from './attribution/verdict.ts';
import type { AuditStore } from './audit/archive.ts';
import type { ServiceIssue } from './audit/event.ts';
import type { Decision, RestoreStep, StepStatus } from './incident/decision.ts';
import type { Incident } from './incident/incident.ts';
import type { IncidentView } from './incident/view.ts';
import type { LicenseChange } from './license/change.ts';
import type { TenantState } from './license/sku.ts';
import type { UserState } from './license/user-state.ts';

export type { AuditReader, AuditStore } from './audit/archive.ts';

export interface Clock {
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export type NewId = () => string;

/** Called at each named step that a crash could fall between; tests stop the process there. */
export type StepHook = (step: string) => void;

// ---- Microsoft 365 ---------------------------------------------------------------------------------

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
  tenantState(signal: AbortSignal): Promise<TenantState>;
  serviceIssues(signal: AbortSignal): Promise<ServiceIssue[]>;
  /** Object ids of a group's direct and nested members. */
  groupMembers(groupId: string, signal: AbortSignal): Promise<Set<string>>;
}

export type AssignOutcome =
  | { ok: true }
  /** `code`: `no-seats`, `usage-location`, `conflict`, `dependency`, `not-owned`, `not-found`, `forbidden`, `refused`. */
  | { ok: false; retryable: false; code: string; message: string }
  | { ok: false; retryable: true; code: string; message: string };

export interface LicenseWriter {
  /** Adds direct licenses, all or nothing. Adding one that is there already only sets its disabled plans. */
  assign(
    userId: string,
    add: readonly { skuId: string; disabledPlans: readonly string[] }[],
  ): Promise<AssignOutcome>;
}

// ---- Telling people --------------------------------------------------------------------------------

/** Where alerts go. `key` identifies it in the store. */
export type AlertTarget = { key: string; name: string };

export type OutgoingMessage =
  | { kind: 'incident'; key: string; view: IncidentView }
  | { kind: 'notice'; key: string; title: string; text: string };

export type SendOutcome =
  | { ok: true; activityId: string }
  | { ok: false; retryable: boolean; reason: string };

export interface Notifier {
  post(target: AlertTarget, message: OutgoingMessage): Promise<SendOutcome>;
  update(target: AlertTarget, activityId: string, message: OutgoingMessage): Promise<SendOutcome>;
  /**
   * Looks in the channel for a message that an earlier process may have sent without noting it.
   * `known: false` where the channel's history cannot be read.
   */
  findPosted(
    target: AlertTarget,
    key: string,
  ): Promise<{ known: true; activityId: string | null } | { known: false }>;
}

// ---- Storage ---------------------------------------------------------------------------------------

export type ScanKind = 'full' | 'delta' | 'targeted';

export type ScanRecord = {
  id: string;
  kind: ScanKind;
  startedAt: number;
  finishedAt: number;
  /** `held`: complete, but its losses are above the mass-loss limit and wait for a second read. */
  outcome: 'complete' | 'held' | 'incomplete';
  /** ReadFailureCode, `mass-loss`, `internal` (a mistake of ours), or null. */
  reasonCode: string | null;
  reason: string | null;
  usersRead: number;
  changes: number;
};

/** A user whose stored state differs from what was read; `before` null: never seen; `after` null: gone. */
export type StatePair = { before: UserState | null; after: UserState | null };

export type ScanCommit = {
  record: ScanRecord;
  changes: readonly LicenseChange[];
  /** Changes that wait until `dueAt` before they are explained and told. */
  settle: readonly { changeId: string; dueAt: number }[];
  /** Null leaves what is stored. */
  tenant: TenantState | null;
  /** Null leaves what is stored; `''` forgets it. */
  deltaLink: string | null;
};

/**
 * One read in progress. Pages are compared and staged as they come; nothing is visible to anyone until
 * `commit`, which writes state, changes, delta link and scan record in one transaction.
 */
export interface ScanSession {
  /**
   * Compares with the stored states and stages what is new or different. A user read twice: the last wins.
   * With the digest of the page that told all of these users, and nobody else, later scans may know it again.
   */
  stage(users: readonly UserState[], digest?: string | null): Promise<void>;
  /**
   * Takes a page that is the same as in the last complete read, and of whose users none was written since, as
   * if its users had been staged. Returns how many they are; null for any other page: stage that.
   */
  stageKnownPage(digest: string): Promise<number | null>;
  /** Stages users as gone. */
  stageGone(userIds: readonly string[]): Promise<void>;
  /** Users stored as present that were neither staged nor found unchanged. For full reads. */
  unseen(): Promise<string[]>;
  /** How many users hold at least one license in the stored state. */
  licensedBefore(): Promise<number>;
  /** What differs, in chunks. */
  pairs(): AsyncIterable<StatePair[]>;
  commit(commit: ScanCommit): Promise<void>;
  /** Forgets what was staged and records why. */
  abandon(record: ScanRecord): Promise<void>;
}

export interface ScanStore {
  begin(scanId: string): Promise<ScanSession>;
  last(filter?: { outcome?: ScanRecord['outcome']; kind?: ScanKind }): Promise<ScanRecord | null>;
  /** Newest complete read of the whole tenant: a targeted one says nothing about other users. */
  lastWhole(): Promise<ScanRecord | null>;
  /** Newest first. */
  recent(limit: number): Promise<ScanRecord[]>;
  deltaLink(): Promise<string | null>;
}

/** A user as the store knows them; `removedAt` when the account is gone. */
export type StoredUser = {
  state: UserState;
  firstSeenAt: number;
  removedAt: number | null;
  formerNames: string[];
};

export interface UserStore {
  byIds(ids: readonly string[]): Promise<StoredUser[]>;
  /** All users ever seen, in chunks. */
  all(): AsyncIterable<StoredUser[]>;
  count(): Promise<{ present: number; licensed: number }>;
  tenant(): Promise<TenantState>;
  /** SKU by SKU as it was at the last read; used for the tenant diff. Null before the first read. */
  tenantReadAt(): Promise<number | null>;
}

export type ExplainedChange = { change: LicenseChange; verdict: Verdict | null; incidentId: string | null };

export type ChangeFilter = {
  userIds?: readonly string[];
  skuIds?: readonly string[];
  kinds?: readonly LicenseChange['kind'][];
  scanId?: string;
  /** By `observedAfter`, half open. */
  from?: number;
  to?: number;
  limit?: number;
};

export interface ChangeStore {
  /** Newest first, each with its latest verdict. */
  find(filter: ChangeFilter): Promise<ExplainedChange[]>;
  byIds(ids: readonly string[]): Promise<ExplainedChange[]>;
  /** Changes whose settle time is over. */
  due(now: number): Promise<LicenseChange[]>;
  /** When the next one is due; null when none waits. */
  nextDueAt(): Promise<number | null>;
}

export type OutboxItem = {
  /** Unique: the same key is never queued twice. */
  key: string;
  message:
    | { kind: 'incident'; incidentId: string; revision: number }
    | { kind: 'notice'; title: string; text: string };
  notBefore: number;
};

export type QueuedItem = OutboxItem & {
  attempts: number;
  status: 'pending' | 'sending';
  /** The target that a `sending` item was going to. */
  targetKey: string | null;
};

export type PostedCard = {
  incidentId: string;
  target: AlertTarget;
  activityId: string;
  revision: number;
  postedAt: number;
};

export interface OutboxStore {
  enqueue(items: readonly OutboxItem[]): Promise<void>;
  /** Items to send, oldest first; includes `sending` ones that an earlier process left behind. */
  due(now: number): Promise<QueuedItem[]>;
  /** Notes the intent to send, so that a crash leaves a trace. */
  markSending(key: string, targetKey: string): Promise<void>;
  /** The item is done and, for an incident, its card stands at `activityId`; one transaction. */
  markSent(key: string, target: AlertTarget, activityId: string, at: number): Promise<void>;
  /** `nextAt` null: never again. */
  markFailed(key: string, reason: string, nextAt: number | null): Promise<void>;
  /** The item is not needed any more: a later revision was sent. */
  drop(key: string): Promise<void>;
  postedCard(incidentId: string): Promise<PostedCard | null>;
  /** Items that wait or have failed, for `status`. */
  backlog(): Promise<{ waiting: number; oldestAt: number | null; lastError: string | null }>;
}

export type IncidentCommit = {
  incidents: readonly Incident[];
  verdicts: readonly { changeId: string; at: number; verdict: Verdict }[];
  /** Changes that need no more settling. */
  settled: readonly string[];
  outbox: readonly OutboxItem[];
  decision?: Decision;
  steps?: readonly RestoreStep[];
};

export interface IncidentStore {
  byId(id: string): Promise<Incident | null>;
  open(): Promise<Incident[]>;
  /** Newest first, whatever their status. */
  recent(limit: number): Promise<Incident[]>;
  /** Incidents without a proved or likely cause that opened since then, ms UTC, whatever their status. */
  unexplained(openedSince: number): Promise<Incident[]>;
  /** Open incident with this fingerprint. */
  openByFingerprint(fingerprint: string): Promise<Incident | null>;
  /**
   * Writes everything in one transaction. An incident whose stored revision is not the one given minus
   * one makes the whole commit fail with `false`: somebody else was first.
   */
  commit(commit: IncidentCommit): Promise<boolean>;
}

export interface DecisionStore {
  byIncident(incidentId: string): Promise<Decision[]>;
  recent(limit: number): Promise<Decision[]>;
  append(decision: Decision): Promise<void>;
  steps(incidentId: string): Promise<RestoreStep[]>;
  plannedSteps(): Promise<RestoreStep[]>;
  setStep(
    decisionId: string,
    stepNo: number,
    status: StepStatus,
    message: string | null,
    at: number,
  ): Promise<void>;
}

export type ConversationKind = 'personal' | 'groupChat' | 'channel';

export type StoredConversation = {
  key: string;
  kind: ConversationKind;
  name: string;
  tenantId: string | null;
  teamId: string | null;
  /** The SDK's conversation reference, as JSON text; opaque outside `teams/`. */
  reference: string;
  /** Alerts go here. */
  alerts: boolean;
  unreachable: string | null;
  updatedAt: number;
};

export interface ConversationStore {
  /** Keeps `alerts` and clears `unreachable`. The first channel ever stored gets the alerts. */
  upsert(conversation: Omit<StoredConversation, 'alerts' | 'unreachable'>): Promise<void>;
  byKey(key: string): Promise<StoredConversation | null>;
  alertTarget(): Promise<StoredConversation | null>;
  setAlertTarget(key: string): Promise<void>;
  setUnreachable(key: string, reason: string | null): Promise<void>;
  /** Removes the conversation; with a team id, all channels of that team. */
  remove(filter: { key: string } | { teamId: string }): Promise<void>;
  all(): Promise<StoredConversation[]>;
}

export interface LeaseStore {
  /** True when the lease is ours until `now + ttl`: free, expired, or held by us already. */
  acquire(name: string, holder: string, now: number, ttl: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
  /** Who holds it now, expired or not; null when nobody does. */
  holder(name: string): Promise<string | null>;
}

export type JobRun = {
  name: string;
  startedAt: number;
  finishedAt: number | null;
  ok: boolean | null;
  detail: string | null;
  /** When it last went well, whatever came after. */
  lastSuccessAt: number | null;
};

export interface JobStore {
  started(name: string, at: number): Promise<void>;
  finished(name: string, at: number, ok: boolean, detail: string | null): Promise<void>;
  last(name: string): Promise<JobRun | null>;
}

export interface Store {
  scans: ScanStore;
  users: UserStore;
  changes: ChangeStore;
  audit: AuditStore;
  incidents: IncidentStore;
  outbox: OutboxStore;
  decisions: DecisionStore;
  conversations: ConversationStore;
  leases: LeaseStore;
  jobs: JobStore;
  /** Throws when the database cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
