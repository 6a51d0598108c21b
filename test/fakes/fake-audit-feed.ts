import type { AuditFeed } from '../../src/domain/audit/coverage-window.ts';
import type { ArchivedEvent } from '../../src/domain/audit/event.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import type { AuditPage, AuditReader, StoredContents } from '../../src/domain/ports/audit.ts';
import { TenantReadError } from '../../src/domain/ports.ts';

type Window = { from: number; to: number };

/** A feed in memory. Its windows are by when a record is shown, which for Entra's log is when it happened. */
export class FakeAuditFeed implements AuditReader {
  readonly feed: AuditFeed;
  optional = false;
  readonly longestReadMs = DAY_MS;
  /** What it shows, and when each was made. */
  readonly shown: { at: number; event: ArchivedEvent }[] = [];
  /** Every window that was asked for. */
  readonly asked: Window[] = [];
  /** Set to refuse what is asked. */
  failure: TenantReadError | null = null;
  /** Windows in which a blob cannot be read: the reason by an instant that lies in them, ms UTC. */
  readonly unreadable = new Map<number, string>();
  /** Since when it has been open, when it was opened by the next `open`. */
  openedAt: number | null = null;
  closed = false;

  constructor(feed: AuditFeed = { source: 'directoryAudits', contentType: 'directoryAudits' }) {
    this.feed = feed;
  }

  async open(): Promise<number | null> {
    if (this.failure) throw this.failure;
    this.closed = false;
    const { openedAt } = this;
    this.openedAt = null;
    return openedAt;
  }

  async *read(window: Window, _stored: StoredContents): AsyncIterable<AuditPage> {
    this.asked.push({ from: window.from, to: window.to });
    if (this.closed) throw new TenantReadError('closed', 'It had been closed.');
    for (const { at, event } of this.shown) {
      if (at >= window.from && at < window.to) yield { events: [event], contents: [], unreadable: [] };
      if (this.failure) throw this.failure;
    }
    if (this.failure) throw this.failure;
    const reasons = [...this.unreadable].filter(([at]) => at >= window.from && at < window.to);
    yield { events: [], contents: [], unreadable: reasons.map(([, reason]) => reason) };
  }
}
