/** What routing needs from outside, and what is stored of it. Times are ms UTC. */
import type { Mention } from '../delivery/mention.ts';
import type { OutboxItem } from '../delivery/outbox-item.ts';
import type { Routing } from '../routing/route.ts';

/** What is wrong with the file of routes. A `warning` does not keep it from being used. */
export type RoutesProblem = { line: number; severity: 'refused' | 'warning'; message: string };

/** The routes that are in force. */
export type RoutesNow = {
  routing: Routing;
  /** The name of the file, without its folder; null where no file is set. */
  file: string | null;
  /** `default`: everything goes to the channel that is set in chat. */
  using: 'file' | 'last-good' | 'default';
  problems: readonly RoutesProblem[];
  /** Names what was read, so that the same trouble is told once. */
  digest: string;
};

export interface RoutesSource {
  /** The routes as they are now: the file is read again when it has changed. Never throws. */
  current(): Promise<RoutesNow>;
}

/** Something that has no card of its own: a line in the next digest. `key` is `incident:<id>` or `security:<id>`. */
export type DigestEntry = {
  key: string;
  /** The key of the conversation in which it is to be told; empty: wherever alerts go. */
  targetKey: string;
  at: number;
  /** When the digest is due that tells it. */
  dueAt: number;
  /** `low` has no card; `held` waited for the end of quiet hours and has one. */
  why: 'low' | 'held';
  /** What happened, in a sentence without its time. */
  line: string;
  /** What groups it in the digest: its class, or empty. */
  class: string;
};

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
  /** Who is called; null: whoever is on call. */
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
