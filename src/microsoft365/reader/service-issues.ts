import type { ServiceIssue } from '../../domain/audit/event.ts';
import { GraphServiceIssue, toServiceIssue } from '../bodies/service-issue.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const readIssue = rowReader('service issue', GraphServiceIssue, toServiceIssue);

/** All service health issues that Microsoft still lists, resolved ones too. Throws TenantReadError. */
export const readServiceIssues = (graph: GraphClient, signal: AbortSignal): Promise<ServiceIssue[]> =>
  readAll(
    {
      graph,
      first: () => graph.api('/admin/serviceAnnouncement/issues'),
      operation: OPERATIONS.serviceIssues,
      signal,
    },
    readIssue,
  );
