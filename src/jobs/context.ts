import type { AlertReason } from '../domain/alert/reason.ts';
import type { RetentionPolicy } from '../domain/archive/retention.ts';
import type { Detector } from '../domain/detection/evaluate.ts';
import type {
  AuditReader,
  ChainHead,
  ChangeSubscriptions,
  Clock,
  Forwarding,
  Mention,
  NewId,
  Notifier,
  RoutesSource,
  StepHook,
  Store,
  TenantAccess,
  TenantAuditing,
  TenantReader,
  TenantWriter,
} from '../domain/ports.ts';
import type { Tracing } from '../observability/tracing.ts';
import type { Lease } from './lease.ts';

/** What a job may log: fixed strings, with the data beside them. */
export interface JobLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Counts that jobs report; every method is cheap and never throws. */
export interface JobMetrics {
  scanFinished(kind: string, outcome: string, seconds: number, usersRead: number, changes: number): void;
  incidentOpened(cause: string): void;
  /** By a class and a level of closed lists. */
  detectionFired(detectionClass: string, level: string, count: number): void;
  /** How long the oldest matches of a run waited until alerts were made of them, ms. */
  detectLag(ms: number): void;
  /** By a reason of a closed list. */
  alertDecided(reason: AlertReason, count: number): void;
  /** `found` after nobody knew whether it was sent, `posted-again` where that could not be looked up. */
  cardDelivered(outcome: 'sent' | 'edited' | 'failed' | 'found' | 'posted-again' | 'copy-found'): void;
  restoreStep(outcome: string): void;
  auditCollected(source: string, events: number): void;
  jobFinished(job: string, ok: boolean, at: number): void;
}

export type JobSettings = {
  /** How long a loss waits before it is told, ms. */
  settleMs: number;
  massLossPercent: number;
  /** Where Microsoft Graph posts what changed; null where it is not asked to. */
  notificationUrl: string | null;
  /** Service principal and app ids that are ourselves. */
  ownAppIds: readonly string[];
  /** A reassign or undo for more users than this needs a second operator; 0 for each, null for none. */
  secondApproverAbove: number | null;
  /** Who is called when somebody that people keep an eye on lost a license; null for nobody. */
  onCall: Mention | null;
  /** How long nobody may react before the person on call is called, ms; null: for good. */
  escalateAfterMs: number | null;
  /** Whether everybody in the alert channel may see everybody's name: not where operators have a part of the users only. */
  channelShowsNames: boolean;
};

/** Who was in a group when it was last read (ms UTC), and at the read before that. */
export type MembersRead = { at: number; members: ReadonlySet<string>; earlier: ReadonlySet<string> };

/** Remembers, until the process ends, who was in which group when it was last read, by the group's id. */
export type MembersKnown = {
  of(groupId: string): MembersRead | null;
  note(groupId: string, read: MembersRead): void;
};

/** A memory of group members that knows of no group yet. */
export function createMembersKnown(): MembersKnown {
  const known = new Map<string, MembersRead>();
  return {
    of: (groupId) => known.get(groupId) ?? null,
    note: (groupId, read) => void known.set(groupId, read),
  };
}

/** Notes the head of a UTC day's chain outside the database. */
export type NoteHead = (day: string, head: ChainHead) => Promise<void>;

/** Services and settings that jobs work with; `src/app/compose.ts` makes it. */
export type JobContext = {
  store: Store;
  reader: TenantReader;
  writer: TenantWriter;
  auditReaders: readonly AuditReader[];
  changeSubscriptions: ChangeSubscriptions;
  auditing: TenantAuditing;
  ownAccess: TenantAccess;
  notifier: Notifier;
  /** The rules at work, as they are now. */
  detector: Detector;
  /** Reads the rules again where their files have changed. */
  lookAtRules(): Promise<void>;
  /** Where alerts go. */
  routes: RoutesSource;
  /** Ids and names of the administrative units with one of these users: of those that are set, and of `unitIds`. */
  unitsOf(userIds: readonly string[], unitIds: readonly string[]): Promise<string[]>;
  clock: Clock;
  newId: NewId;
  /** 0 to 1, for the jitter of pauses. */
  random: () => number;
  log: JobLog;
  metrics: JobMetrics;
  /** Where the way from a change to its card is noted. */
  tracing: Tracing;
  settings: JobSettings;
  /** What the directory last said of marked groups. */
  markedMembers: MembersKnown;
  /** Scans queue here: two at a time would take each other’s changes for their own. */
  oneScanAtATime: SerialQueue;
  /** Held by whoever writes to the tenant: never two processes at once. */
  restoring: Lease;
  noteHead: NoteHead;
  /** When the credential that reads the tenant ends, ms UTC; null where nobody knows. */
  credentialEndsAt: () => Promise<number | null>;
  /** The same for the credential by which the bot speaks. */
  botCredentialEndsAt: () => Promise<number | null>;
  /** How long which audit records are kept, as it is written now. Throws where that cannot be used. */
  retention: () => Promise<RetentionPolicy[]>;
  /** Where audit records are passed on to; null for nowhere. */
  forwarding: Forwarding | null;
  /** Tests stop the process here; does nothing in production. */
  onStep: StepHook;
};

/** Runs what it is given one after another, in order. */
export type SerialQueue = <T>(work: () => Promise<T>) => Promise<T>;

/** A new, empty lane. A piece of work that fails does not stop the next. */
export function createSerialQueue(): SerialQueue {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined);
    return result;
  };
}
