import { sql } from 'kysely';
import type { AuditFeed, CoverageWindow } from '../../domain/audit/coverage-window.ts';
import type { SourceCoverage } from '../../domain/audit/event.ts';
import type { AuditStore, FeedSummary } from '../../domain/ports/audit.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { AuditWindowRow } from '../database/schema-audit.ts';

type CoverageLedger = Pick<AuditStore, 'windows' | 'saveWindows' | 'feeds' | 'coverage'>;

/** The longest window that is read at once, ms. */
const WINDOW_MS = 3_600_000;
/** As many failures of a feed as an answer can show. */
const FAILURES_SHOWN = 5;

/** Which windows of each feed were read, and how far each source is complete. */
export function createCoverageLedger(db: Queries): CoverageLedger {
  return {
    async windows(feed, lastMs) {
      const rows = await db
        .selectFrom('audit_windows')
        .selectAll()
        .where('source', '=', feed.source)
        .where('content_type', '=', feed.contentType)
        .where('from_at', '>=', (select) =>
          select
            .selectFrom('audit_windows as newest')
            .select(({ eb, fn }) => eb(fn.max('from_at'), '-', lastMs).as('first'))
            .where('newest.source', '=', feed.source)
            .where('newest.content_type', '=', feed.contentType),
        )
        .orderBy('from_at')
        .execute();
      return rows.map(fromRow);
    },

    async saveWindows(feed, windows, coverage) {
      await db.transaction().execute(async (transaction) => {
        for (const chunk of insertChunks(windows)) await writeWindows(transaction, feed, chunk);
        if (coverage) await writeCoverage(transaction, coverage);
      });
    },

    async feeds() {
      const totals = await db
        .selectFrom('audit_windows')
        .select(({ fn }) => [
          'source',
          'content_type',
          'status',
          fn.min('from_at').as('from'),
          fn.max('to_at').as('to'),
          // A row of many hours is many windows that were folded: see `upkeep-store.ts`.
          sql<number>`sum(case when to_at - from_at > ${WINDOW_MS} then (to_at - from_at) / ${WINDOW_MS} else 1 end)`.as(
            'windows',
          ),
        ])
        .groupBy(['source', 'content_type', 'status'])
        .orderBy('source')
        .orderBy('content_type')
        .execute();
      const feeds = new Map<string, FeedSummary>();
      for (const { source, content_type, status, from, to, windows } of totals) {
        const key = `${source} ${content_type}`;
        const feed = feeds.get(key) ?? emptySummary({ source, contentType: content_type });
        feed.from = Math.min(feed.from, Number(from));
        feed.to = Math.max(feed.to, Number(to));
        feed.windows[status] = Number(windows);
        feeds.set(key, feed);
      }
      for (const feed of feeds.values()) {
        if (feed.windows.failed > 0) feed.failures = await failuresOf(db, feed);
      }
      return [...feeds.values()];
    },

    async coverage() {
      const rows = await db.selectFrom('audit_sources').selectAll().orderBy('source').execute();
      return rows.map((row) => ({
        source: row.source,
        completeTo: row.complete_to,
        completeFrom: row.complete_from,
      }));
    },
  };
}

const emptySummary = (feed: AuditFeed): FeedSummary => ({
  ...feed,
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  windows: { planned: 0, pending: 0, complete: 0, failed: 0 },
  failures: [],
});

async function failuresOf(db: Queries, feed: AuditFeed): Promise<FeedSummary['failures']> {
  const rows = await db
    .selectFrom('audit_windows')
    .selectAll()
    .where('source', '=', feed.source)
    .where('content_type', '=', feed.contentType)
    .where('status', '=', 'failed')
    .orderBy('from_at', 'desc')
    .limit(FAILURES_SHOWN)
    .execute();
  return rows.map((row) => ({
    from: row.from_at,
    to: row.to_at,
    attempts: row.attempts,
    reason: row.reason ?? '',
    lost: row.due_at === null,
  }));
}

async function writeWindows(db: Queries, feed: AuditFeed, windows: readonly CoverageWindow[]): Promise<void> {
  await db
    .insertInto('audit_windows')
    .values(windows.map((window) => toRow(feed, window)))
    .onConflict((conflict) =>
      conflict.columns(['source', 'content_type', 'from_at']).doUpdateSet((row) => ({
        to_at: row.ref('excluded.to_at'),
        status: row.ref('excluded.status'),
        read_to: row.ref('excluded.read_to'),
        attempts: row.ref('excluded.attempts'),
        reads: row.ref('excluded.reads'),
        reason: row.ref('excluded.reason'),
        due_at: row.ref('excluded.due_at'),
      })),
    )
    .execute();
}

/** May go back: a window in which something is known to be missing takes away what was said before. */
async function writeCoverage(db: Queries, coverage: SourceCoverage): Promise<void> {
  const row = { complete_to: coverage.completeTo, complete_from: coverage.completeFrom ?? null };
  await db
    .insertInto('audit_sources')
    .values({ source: coverage.source, ...row })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
    .execute();
}

const fromRow = (row: AuditWindowRow): CoverageWindow => ({
  from: row.from_at,
  to: row.to_at,
  status: row.status,
  readTo: row.read_to,
  attempts: row.attempts,
  reads: row.reads,
  reason: row.reason,
  dueAt: row.due_at,
});

const toRow = (feed: AuditFeed, window: CoverageWindow): AuditWindowRow => ({
  source: feed.source,
  content_type: feed.contentType,
  from_at: window.from,
  to_at: window.to,
  status: window.status,
  read_to: window.readTo,
  attempts: window.attempts,
  reads: window.reads,
  reason: window.reason,
  due_at: window.dueAt,
});
