export type AuditSource = 'directoryAudits' | 'activity' | 'auditSearch';

export type ActorKind = 'user' | 'app' | 'system' | 'partner';

export type Actor = {
  kind: ActorKind;
  /** Object id of the user or service principal, lower case; null when the record names none. */
  id: string | null;
  /** As the record names it: a UPN for a person, a display name for an app. */
  name: string | null;
  /** The application id of an app, lower case, where the record names it beside the service principal. */
  appId?: string;
};

export type AuditTarget = {
  kind: 'user' | 'group' | 'app' | 'servicePrincipal' | 'role' | 'directory' | 'other';
  id: string | null;
  name: string | null;
};

/** One license of an `AssignedLicense` value. Disabled plans are ids or names: the logs use both. */
export type LoggedLicense = { skuId: string; partNumber: string | null; disabledPlans: string[] };

export type ModifiedProperty = { name: string; oldValue: string | null; newValue: string | null };

/** One audit record, whatever source it came from. */
export type AuditEvent = {
  /** The source's own record id: the key under which it is stored once. */
  id: string;
  source: AuditSource;
  /** When it happened, ms UTC. */
  at: number;
  /** Trimmed, without the final dot, dashes folded: `Change user license`. */
  operation: string;
  workload: string;
  result: 'success' | 'failure' | 'unknown';
  resultReason: string | null;
  actor: Actor | null;
  targets: AuditTarget[];
  /** `correlationId` in Graph, `InterSystemsId` in the Management Activity API. */
  correlationId: string | null;
  clientIp: string | null;
  /** `DirectorySync`, `PropagationService` …, from "Action Client Name". */
  actionClient: string | null;
  modified: ModifiedProperty[];
  /** The full license sets before and after, when the record carries `AssignedLicense`. */
  licenses: { before: LoggedLicense[]; after: LoggedLicense[] } | null;
  /** On membership records: the group, which directoryAudits names in the member's properties. */
  group: { id: string; name: string | null } | null;
  /** Set on one part of a sequenced record. */
  sequence: { key: string; part: number; of: number; fragment: string } | null;
};

/** A record as it arrived, with what could be read of it. */
export type ArchivedEvent = {
  event: AuditEvent;
  /** JSON text. */
  raw: string;
  /** The record that `raw` is the text of, where somebody has it: so that it is read once. Not stored. */
  body?: unknown;
  /** Why it could not be read as it should, such as `no id`; null or absent for a sound record. */
  flaw?: string | null;
  /** What a record of the switch of auditing switched it to; null or absent for all other records. Not stored. */
  auditing?: 'on' | 'off' | null;
};

/** A Microsoft service health issue, as far as attribution needs it. Times are ms UTC. */
export type ServiceIssue = {
  id: string;
  title: string;
  service: string;
  feature: string | null;
  classification: string;
  status: string;
  startAt: number;
  endAt: number | null;
  isResolved: boolean;
  impact: string;
};

/**
 * Until when a source has told everything it has, ms UTC; null when it was never read. What happened before
 * `completeFrom` it may never tell: a hole ends there, or its records begin.
 */
export type SourceCoverage = {
  source: AuditSource;
  completeTo: number | null;
  completeFrom?: number | null;
};
