/** What routing needs from outside, and what is stored of it. Times are ms UTC. */
import type { Mention } from '../delivery/mention.ts';
import type { OutboxItem } from '../delivery/outbox-item.ts';
import type { DigestEntry } from '../routing/digest-entry.ts';
import type { RoutesNow, RoutesProblem } from '../routing/routes-now.ts';

export type { DigestEntry, RoutesNow, RoutesProblem };

export interface RoutesSource {
  /** The routes as they are now: the file is read again when it has changed. Never throws. */
  current(): Promise<RoutesNow>;
}

export interface DigestStore {
  /** Keeps entries; one that is waiting under its key is replaced, one that was told stays told. */
  add(entries: readonly DigestEntry[]): Promise<void>;
  /** Entries whose digest is due, not told yet, oldest first. */
  due(now: number): Promise<DigestEntry[]>;
  /** Says in one transaction that these were told there, and queues the message that tells them. */
  tell(targetKey: string, keys: readonly string[], message: OutboxItem, at: number): Promise<void>;
  /** Removes what was told before then. Returns how many. */
  purge(before: number): Promise<number>;
}

/** A posted card to which nobody may have reacted yet. */
export type Escalation = {
  /** `incident:<id>` or `security:<id>`. */
  key: string;
  targetKey: string;
  /** Who is called; null: the person on call. */
  onCall: Mention | null;
  dueAt: number;
};

export interface EscalationStore {
  /** Notes that a card was posted. The first post of a card counts. */
  start(escalation: Escalation): Promise<void>;
  /** Those that are due, oldest first. */
  due(now: number): Promise<Escalation[]>;
  /** Looks again later. */
  postpone(key: string, until: number): Promise<void>;
  /** Ends it in one transaction with the call, where there is one. */
  end(
    key: string,
    outcome: 'called' | 'reacted' | 'over',
    at: number,
    call: OutboxItem | null,
  ): Promise<void>;
}

export interface RoutesStore {
  /** The text of the file that was good last; null where none was. */
  lastGood(): Promise<string | null>;
  keepGood(text: string, at: number): Promise<void>;
}
