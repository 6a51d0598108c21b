/** What is stored of rules that match records, and of the alerts that come of them. Times are ms UTC. */
import type { AuditEvent } from '../audit/event.ts';
import type { SecurityIncident, SecurityRule } from '../detection/alerts/security-incident.ts';
import type { RuleMatch } from '../detection/evaluate.ts';

/** A match as it is stored: `receivedAt` is when its record came. */
export type StoredMatch = RuleMatch & { receivedAt: number };

/** A record as it was stored, with the text that it came as. */
export type KeptRecord = { event: AuditEvent; raw: string; actorId: string | null };

/** What is written together with whatever else an incident commit holds. */
export type SecurityCommit = {
  /** Each over the revision before. */
  incidents: readonly SecurityIncident[];
  /** Matches that have been looked at. Where another process was first, the whole commit fails. */
  told?: readonly Pick<RuleMatch, 'ruleId' | 'recordId'>[];
  toldAt?: number;
  rules?: readonly SecurityRule[];
};

export interface SecurityStore {
  /** Matches that nobody has looked at yet, in the order in which their records came. */
  pending(limit: number): Promise<StoredMatch[]>;
  /** Since when the oldest of those waits, and how many there are. */
  backlog(): Promise<{ waiting: number; oldestAt: number | null }>;
  /** Matches of these rules that were looked at, of a stretch of time, both ends in, the newest so many. */
  matches(
    ruleIds: readonly string[],
    window: { from: number; to: number },
    limit: number,
  ): Promise<RuleMatch[]>;
  byId(id: string): Promise<SecurityIncident | null>;
  /** Oldest first. */
  open(): Promise<SecurityIncident[]>;
  /** The open ones with these identities. */
  openByIdentity(identities: readonly string[]): Promise<SecurityIncident[]>;
  /** Newest first, whatever their status, those that were opened in a half-open range. */
  opened(range: { from: number; to: number }, limit: number): Promise<SecurityIncident[]>;
  /** All rules ever made, newest first. */
  rules(): Promise<SecurityRule[]>;
  /** These records, as far as they are in the archive. */
  records(ids: readonly string[]): Promise<KeptRecord[]>;
  /**
   * Records of a half-open stretch of time by who acted or from which address, and by operation in any case; the newest
   * so many.
   */
  find(filter: {
    from: number;
    to: number;
    actorIds?: readonly string[];
    addresses?: readonly string[];
    operations?: readonly string[];
    limit: number;
  }): Promise<KeptRecord[]>;
  /** When the oldest record in the archive happened; null while it is empty. */
  archiveFrom(): Promise<number | null>;
}
