import { LICENSE_FEED } from '../../domain/audit/coverage-extent.ts';
import { DAY_MS } from '../../domain/durations.ts';
import type { AuditPage, AuditReader } from '../../domain/ports/audit.ts';
import { normaliseDirectoryAudit } from '../bodies/audit/directory-audit.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { pages } from '../graph/paging.ts';
import { OPERATIONS } from '../operations.ts';
import { archived } from './archived.ts';

/** The largest page of the audit reports. */
const PAGE_SIZE = 1000;

/** The audit reports answer 5 requests in 10 s for each app and tenant (Graph throttling limits). */
export const REPORT_PACE = { requests: 5, windowMs: 10_000 } as const;

/** A week is read with four requests, so that the first collection does not meet the pace. */
const MAX_READ_MS = 2 * DAY_MS;

/**
 * Reads Entra's directory audit log. `graph` must go through a door that keeps REPORT_PACE. An expired page
 * link fails the read: the same window is read again by the next collection, and records are stored once.
 */
export const createDirectoryAuditReader = (graph: GraphClient): AuditReader => ({
  feed: { source: 'directoryAudits', contentType: LICENSE_FEED.directoryAudits },
  optional: false,
  longestReadMs: MAX_READ_MS,
  open: async () => null,
  async *read(window, _stored, signal): AsyncGenerator<AuditPage> {
    const first = () => graph.api('/auditLogs/directoryAudits').filter(filterOf(window)).top(PAGE_SIZE);
    for await (const page of pages({ graph, first, operation: OPERATIONS.directoryAudits, signal })) {
      yield {
        events: page.value.map((record) =>
          archived(record, 'directoryAudits', normaliseDirectoryAudit, window.to),
        ),
        contents: [],
        unreadable: [],
      };
    }
  },
});

/**
 * Of the orders only `ge` and `le` are listed as supported. A record of the very end comes with the next
 * window once more, and is stored once.
 */
const filterOf = (window: { from: number; to: number }): string => {
  const [from, to] = [window.from, window.to].map((at) => new Date(at).toISOString());
  return `activityDateTime ge ${from} and activityDateTime le ${to}`;
};
