/** What collection needs from outside: sources of audit records, and the archive with its ledger. */

import type { RetentionPolicy } from '../archive/retention.ts';
import type { Auditing } from '../audit/auditing.ts';
import type { AuditFeed, CoverageWindow, WindowStatus } from '../audit/coverage-window.ts';
import type { ArchivedEvent, AuditEvent, AuditSource, ServiceIssue, SourceCoverage } from '../audit/event.ts';
import type { OutboxItem } from '../delivery/outbox-item.ts';
import type { Detector } from '../detection/evaluate.ts';

/** Records that came together, and what is to be noted together with them. */
export type AuditPage = {
  events: ArchivedEvent[];
  /** Addresses of content that is in `events` as a whole, so that nobody needs to fetch it again. */
  contents: string[];
  /** Why content in the window could not be taken, a sentence each; it is in `events` as it came. */
  unreadable: string[];
};

/** Which of these addresses have their content in the archive. */
export type StoredContents = (addresses: readonly string[]) => Promise<ReadonlySet<string>>;

/** One feed of audit records. Throws TenantReadError; `auditing-off` where the tenant does not audit. */
export interface AuditReader {
  readonly feed: AuditFeed;
  /** The tenant need not permit it: `forbidden` is no problem then. */
  readonly optional: boolean;
  /** How much time one read may span, ms. */
  readonly longestReadMs: number;
  /**
   * Makes the feed ready to be read.
   * @returns since when it gives out anything, ms UTC, where it was closed until now; null where it was open
   */
  open(signal: AbortSignal): Promise<number | null>;
  /**
   * What the feed has for the half-open window, page by page; without the content that is stored already.
   * A record is whole even when its page is not. Throws `closed` when it has to be opened first.
   */
  read(
    window: { from: number; to: number },
    stored: StoredContents,
    signal: AbortSignal,
  ): AsyncIterable<AuditPage>;
}

/** Records that an audit search found; `truncated`: there are more, which it will not give out. */
export type SearchedPage = { events: ArchivedEvent[]; truncated: boolean };

/** The search for what is older than the feeds keep. Throws TenantReadError. */
export interface AuditSearch {
  /** Records of the window, ms UTC; it may take hours until the first page. */
  search(window: { from: number; to: number }, signal: AbortSignal): AsyncIterable<SearchedPage>;
}

/** How the windows of a feed stand, in numbers. Times are ms UTC. */
export type FeedSummary = AuditFeed & {
  from: number;
  to: number;
  windows: Record<WindowStatus, number>;
  /** Windows that failed, newest first, a few of them. `lost`: it will not be tried again. */
  failures: { from: number; to: number; attempts: number; reason: string; lost: boolean }[];
};

/** Why a source cannot be read: `since` the first of so many `failures` in a row, up to the one at `at`; ms UTC. */
export type SourceProblem = {
  source: AuditSource;
  code: string;
  message: string;
  at: number;
  since: number;
  failures: number;
};

/** A purge of the archive that has come to its end. Times are ms UTC. */
export type Purge = { at: number; before: number; removed: number };

/** A record of the archive as it came. */
export type RawRecord = {
  id: string;
  /** ms UTC. */
  at: number;
  /** Normalised. */
  operation: string;
  /** JSON text. */
  raw: string;
};

export interface AuditStore {
  /**
   * Stores records not known yet, and in the same transaction that the content at these addresses is stored, and what
   * the new ones match: a record that came before can never match again.
   * Returns how many records were new.
   */
  append(
    events: readonly ArchivedEvent[],
    receivedAt: number,
    contents?: readonly string[],
    detector?: Pick<Detector, 'matchesOf'>,
  ): Promise<number>;
  storedContents: StoredContents;
  /**
   * By event time, half open; with targets, only events on any of them (users or groups). People that a record
   * names without an id, as Exchange does, are found by that name in lower case.
   */
  find(filter: {
    from: number;
    to: number;
    targetIds?: readonly string[];
    actorIds?: readonly string[];
    /** Only what arrived at this time or later, ms UTC. */
    receivedSince?: number;
    limit?: number;
  }): Promise<AuditEvent[]>;
  /** All records of a stretch of time, half open, the oldest first, however many there are. */
  rawRecords(window: { from: number; to: number }): AsyncIterable<RawRecord>;
  /** How many records that came in a stretch of time, ms UTC, half open, could not be read at all. */
  unreadable(window: { from: number; to: number }): Promise<number>;
  /** How many records have which flaw, the most frequent first. */
  flaws(): Promise<{ flaw: string; records: number }[]>;

  /** The newest windows of a feed, in order: those that begin at most this long, ms, before the newest one. */
  windows(feed: AuditFeed, lastMs: number): Promise<CoverageWindow[]>;
  /** Writes windows as they stand now, and with them what they say of the source; one transaction. */
  saveWindows(
    feed: AuditFeed,
    windows: readonly CoverageWindow[],
    coverage: SourceCoverage | null,
  ): Promise<void>;
  feeds(): Promise<FeedSummary[]>;
  /** As the windows said when they were saved last. */
  coverage(): Promise<SourceCoverage[]>;
  /** Why a source cannot be read at present; null clears it. */
  setProblem(
    source: AuditSource,
    problem: { code: string; message: string; at: number } | null,
  ): Promise<void>;
  problems(): Promise<SourceProblem[]>;
  /** Hours (ms UTC of their beginning) since a time in which anything happened that the source tells of, in order. */
  hoursWithRecords(source: AuditSource, from: number): Promise<number[]>;
  /** Since when a source that can be read has told nothing, against its habit; null when it speaks. */
  setSilentSince(source: AuditSource, since: number | null): Promise<void>;
  silences(): Promise<{ source: AuditSource; since: number }[]>;
  auditing(): Promise<Auditing>;
  /** Reads, changes and writes it, with the messages about the change; one transaction. Returns what is written. */
  changeAuditing(
    change: (before: Auditing) => { auditing: Auditing; news: readonly OutboxItem[] },
  ): Promise<Auditing>;

  /**
   * Removes the records that are to go by these policies, forever, a part at a time: each part is one transaction.
   * What mentions somebody on hold stays. Also forgets the windows that no policy keeps records of, and the
   * addresses of content that no source gives out any more.
   * @param policies the highest priority first
   * @param at ms UTC
   * @returns how many records were removed, by the policy that removed them
   */
  purge(policies: readonly RetentionPolicy[], at: number): Promise<{ policy: string; records: number }[]>;
  /** The last purge that removed anything. */
  lastPurge(): Promise<Purge | null>;

  saveServiceIssues(issues: readonly ServiceIssue[]): Promise<void>;
  /** Issues open at any instant of the window. */
  serviceIssues(from: number, to: number): Promise<ServiceIssue[]>;
}
