import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import type { IncidentStatus, Severity } from '../incident/incident.ts';
import type { ChangeKind } from '../license/change.ts';
import type { PlanView } from '../restore/plan-view-types.ts';

export type AffectedUserStatus = 'lost' | 'restoring' | 'restored' | 'failed';

/** A user on the card, with what they had before. */
export type AffectedUser = {
  userId: string;
  name: string;
  userPrincipalName: string;
  had: { product: string; path: string; disabledPlans: string[] }[];
  status: AffectedUserStatus;
  /** Why a restore failed, is not offered, or gave something else than there was, in a sentence; else null. */
  note: string | null;
};

/** A reassign or undo that waits for a second operator. */
export type RequestView = {
  id: string;
  kind: 'reassign' | 'undo';
  by: { aadObjectId: string; name: string };
  at: number;
  expiresAt: number;
  /** "Reassign for all 40 users" */
  what: string;
  plan: PlanView | null;
  /** Whether the viewer may act on everybody that it is about. */
  answerable: boolean;
};

/** Everything an incident card shows, as plain data: no layout, no Markdown, texts unescaped. Times are ms UTC. */
export type IncidentView = {
  incidentId: string;
  revision: number;
  kind: ChangeKind;
  cause: Cause;
  level: VerdictLevel;
  severity: Severity;
  status: IncidentStatus;
  /** "5 users lost Microsoft 365 Business Standard" */
  title: string;
  /** What is so once it is restored: "5 users have Microsoft 365 Business Standard again" */
  restoredTitle: string;
  /** Whether what reads as assigned directly may have come from a group that Graph does not name. */
  mayComeFromGroup: boolean;
  /** The changes happened between these two reads. */
  observedBefore: number;
  observedAfter: number;
  /** "Anna Kowalska removed it." or "Cause not known yet: …" */
  causeSentence: string;
  /** "Confirmed by the audit log", "Likely", "Cause not known yet", "Cause known in part", "No record exists" */
  certainty: string;
  /** Whether the sentence of the cause says how sure it is. */
  saysHowSure: boolean;
  /** With the ids of the records that show it. */
  chain: { at: number; what: string; evidence: string[] }[];
  checked: {
    sources: {
      name: string;
      completeTo: number | null;
      trouble?: { kind: 'failing' | 'silent'; since: number };
    }[];
    auditingEnabled: boolean | null;
    serviceIssues: { id: string; title: string; status: string }[];
    cloudUsers: number;
    syncedUsers: number;
  };
  users: AffectedUser[];
  /** All users of the incident, those that the viewer may not see among them. */
  userCount: number;
  /** Users of the incident whom the viewer may not see. */
  others: number;
  /** Of all users of the incident, as `userCount`: a number names nobody. */
  restoredCount: number;
  failedCount: number;
  restoringCount: number;
  /** Who did what, oldest first, as sentences without times: "Megan Bowen pressed Reassign for all 5 users". */
  log: LogEntry[];
  /** Where its card stands in Teams; null where none does. */
  posted: { in: string; at: number } | null;
  snoozedUntil: number | null;
  /** Who snoozed it, and why; null while it is not, and where an earlier snooze covers it nobody's name. */
  snooze: { by: string | null; reason: string | null } | null;
  /** When and by whom it was restored or approved, and until when a rule expects it again; null while it is open. */
  ending: { at: number; by: string | null; reason: string | null; ruleUntil: number | null } | null;
  /** What Reassign will do; null when the incident is not about something that can be given back. */
  plan: PlanView | null;
  /** What assigning directly would do for those that the plan cannot help; null when it helps nobody. */
  directPlan: PlanView | null;
  request: RequestView | null;
  /** When what belongs to a lost license goes: "Mailboxes of 3 users are deleted". Soonest first. */
  deadlines: { at: number; what: string }[];
  /** What users may have to do after a restore, a sentence each. */
  advice: string[];
  /** Whom approving with a rule would expect from then on: "Removals by Leaver runbook from LIC-Leavers"; null: no rule can be made. */
  ruleOffer: string | null;
  /** Somebody that people keep an eye on is among the losers. */
  watched: boolean;
  /** Who is on it, since when, with a note; null: nobody, or it is over. */
  owner: { by: { aadObjectId: string; name: string }; at: number; note: string | null } | null;
  /** What the incident's state allows; who may do it is the card's business, and checked again at the press. */
  can: {
    reassign: boolean;
    approve: boolean;
    snooze: boolean;
    /** Somebody may say that they are on it. */
    takeOn: boolean;
    /** Takes the approval back, for a day. */
    reopen: boolean;
    /** Ends the snooze. */
    wake: boolean;
    /** The decision that can be undone, until when (ms UTC), and what that does. */
    undo: { decisionId: string; until: number; sentence: string } | null;
  };
};

/** `until` (ms UTC) and `because` follow `what` in the sentence, where there are any. */
export type LogEntry = { at: number; what: string; until?: number | null; because?: string | null };
