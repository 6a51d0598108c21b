import type { Cause, VerdictLevel } from '../attribution/verdict.ts';
import type { Actor } from '../audit/event.ts';
import type { ChangeKind } from '../license/change.ts';
import type { ApprovalRequest } from './decision.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** `open` waits for a decision; `approved` was intended; `restored` is put right; `closed` needs nothing (it healed, or moved). */
export type IncidentStatus = 'open' | 'approved' | 'restored' | 'closed';

/** Changes with one cause, told once. Times are ms UTC. */
export type Incident = {
  id: string;
  /** Made of labels only (kind, cause, actor, group, SKU, read): never of texts or counts. */
  fingerprint: string;
  kind: ChangeKind;
  cause: Cause;
  level: VerdictLevel;
  actor: Actor | null;
  groupId: string | null;
  severity: Severity;
  status: IncidentStatus;
  userIds: string[];
  skuIds: string[];
  changeIds: string[];
  /** Users of the incident who have again what they lost. */
  restoredUserIds: string[];
  openedAt: number;
  /** When a read showed that everything is back; null while anything is missing. */
  restoredAt: number | null;
  updatedAt: number;
  /** Rises with each change that the card shows. */
  revision: number;
  snoozedUntil: number | null;
  snoozeReason: string | null;
  /** A reassign or undo that waits for a second operator. */
  request: ApprovalRequest | null;
  /** The standing rule that expected it, so that nobody was alerted; null once it is open again. */
  hiddenByRuleId: string | null;
  /** The standing rule that would expect it, of fewer users at once: it is alerted all the same. */
  exceededRuleId: string | null;
  /** Users whose reassign was undone and who still hold the license: their having it is not a restore. */
  undoneUserIds: string[];
  /** Whether somebody or something that people keep an eye on is among the losers: whoever is on call is mentioned. */
  watched: boolean;
};
