import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import type { ChangeKind } from '../license/change.ts';
import type { IncidentStatus, Severity } from './incident.ts';

export type AffectedUserStatus = 'lost' | 'restoring' | 'restored' | 'failed';

/** A user on the card, with what they had before. */
export type AffectedUser = {
  userId: string;
  name: string;
  userPrincipalName: string;
  had: { product: string; path: string; disabledPlans: string[] }[];
  status: AffectedUserStatus;
  /** Why a restore failed or is not offered, in a sentence; else null. */
  note: string | null;
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
  /** The changes happened between these two reads. */
  observedBefore: number;
  observedAfter: number;
  /** "Anna Kowalska removed it." or "Not explained yet: …" */
  causeSentence: string;
  /** "Proved by the audit log", "Likely", "Not explained yet", "No record exists" */
  certainty: string;
  chain: { at: number; what: string }[];
  checked: {
    sources: { name: string; completeTo: number | null }[];
    auditingEnabled: boolean | null;
    serviceIssues: { id: string; title: string; status: string }[];
    cloudUsers: number;
    syncedUsers: number;
  };
  users: AffectedUser[];
  userCount: number;
  restoredCount: number;
  failedCount: number;
  /** Who did what, oldest first, as sentences without the time: "Megan Bowen pressed Reassign for all 5 users". */
  log: { at: number; what: string }[];
  snoozedUntil: number | null;
  can: { reassign: boolean; approve: boolean; snooze: boolean };
};
