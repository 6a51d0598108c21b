import { normaliseDirectoryAudit } from '../../domain/audit/directory-audit.ts';
import type { ArchivedEvent } from '../../domain/audit/event.ts';
import type { AuditReader } from '../../domain/ports.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { pages } from '../graph/paging.ts';
import { OPERATIONS } from '../operations.ts';
import { archived } from './archived.ts';

/** The largest page of the audit reports. */
const PAGE_SIZE = 1000;

/** The audit reports answer 5 requests in 10 s for each app and tenant (Graph throttling limits). */
export const REPORT_PACE = { requests: 5, windowMs: 10_000 } as const;

/**
 * Reads Entra's directory audit log. `graph` must go through a door that keeps REPORT_PACE. An expired page
 * link fails the read: the same window is read again by the next collection, and records are stored once.
 */
export const createDirectoryAuditReader = (graph: GraphClient): AuditReader => ({
  source: 'directoryAudits',
  async *read(window, signal): AsyncGenerator<ArchivedEvent[]> {
    const first = () => graph.api('/auditLogs/directoryAudits').filter(filterOf(window)).top(PAGE_SIZE);
    for await (const page of pages({ graph, first, operation: OPERATIONS.directoryAudits, signal })) {
      yield page.value
        .map((record) => archived(record, 'directoryAudits', normaliseDirectoryAudit, window.from))
        .filter(({ event }) => event.at < window.to);
    }
  },
});

/** Of the orders only `ge` and `le` are listed as supported; the end of the window is cut off afterwards. */
const filterOf = (window: { from: number; to: number }): string => {
  const [from, to] = [window.from, window.to].map((at) => new Date(at).toISOString());
  return `activityDateTime ge ${from} and activityDateTime le ${to}`;
};
