import { extentOf, LICENSE_FEED } from '../../domain/audit/coverage-extent.ts';
import type { AuditFeed, CoverageWindow } from '../../domain/audit/coverage-window.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { AuditStore } from '../../domain/ports.ts';

/** What is known of a feed beyond what its source keeps, so that an old hole is seen, ms. */
const LEDGER_MS = 10 * DAY_MS;

/**
 * The newest windows of one feed during a collection, as the store has them. They are read once: nobody else writes
 * windows of the feed meanwhile.
 */
export class FeedLedger {
  readonly #audit: AuditStore;
  readonly #feed: AuditFeed;
  #windows: readonly CoverageWindow[];

  private constructor(audit: AuditStore, feed: AuditFeed, windows: readonly CoverageWindow[]) {
    this.#audit = audit;
    this.#feed = feed;
    this.#windows = windows;
  }

  static async open(audit: AuditStore, feed: AuditFeed): Promise<FeedLedger> {
    return new FeedLedger(audit, feed, await audit.windows(feed, LEDGER_MS));
  }

  /** In order of time. */
  get windows(): readonly CoverageWindow[] {
    return this.#windows;
  }

  /** Stores windows that are about to be read: how far the source is complete stays as it is. */
  async begin(windows: readonly CoverageWindow[]): Promise<void> {
    await this.#audit.saveWindows(this.#feed, windows, null);
    this.#windows = merged(this.#windows, windows);
  }

  /** Stores windows, and where they tell of licenses also how far that makes the source complete. */
  async save(windows: readonly CoverageWindow[]): Promise<void> {
    const { source, contentType } = this.#feed;
    const all = merged(this.#windows, windows);
    const coverage =
      LICENSE_FEED[source] === contentType ? extentOf(source, all, await this.#earlier()) : null;
    await this.#audit.saveWindows(this.#feed, windows, coverage);
    this.#windows = all;
  }

  async #earlier() {
    return (await this.#audit.coverage()).find(({ source }) => source === this.#feed.source) ?? null;
  }
}

/** The windows with the new ones in place of those with the same beginning, in order. */
export const merged = (old: readonly CoverageWindow[], news: readonly CoverageWindow[]): CoverageWindow[] =>
  [...new Map([...old, ...news].map((window) => [window.from, window])).values()].sort(
    (a, b) => a.from - b.from,
  );
