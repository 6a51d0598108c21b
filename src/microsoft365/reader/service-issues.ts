import type { ServiceIssueRead } from '../../domain/ports.ts';
import { GraphServiceIssue, toServiceIssue } from '../bodies/service-issue.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { lenientRowReader, withoutOdd } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const readIssue = lenientRowReader('service issue', GraphServiceIssue, toServiceIssue);

/**
 * All service health issues that Microsoft still lists, resolved ones too. One of another form than documented is
 * left out. Throws TenantReadError.
 */
export async function readServiceIssues(graph: GraphClient, signal: AbortSignal): Promise<ServiceIssueRead> {
  const first = () => graph.api('/admin/serviceAnnouncement/issues');
  const read = await readAll({ graph, first, operation: OPERATIONS.serviceIssues, signal }, readIssue);
  const { rows, leftOut } = withoutOdd(read);
  return { issues: rows, leftOut };
}
