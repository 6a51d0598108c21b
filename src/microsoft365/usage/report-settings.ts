import { z } from 'zod';
import type { GraphClient } from '../graph/graph-client.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

const ReportSettings = z.object({ displayConcealedNames: z.boolean() });

/**
 * Whether the tenant conceals names in usage reports, which is Microsoft's default
 * (https://learn.microsoft.com/graph/api/adminreportsettings-get). It needs ReportSettings.Read.All. Throws
 * TenantReadError.
 */
export async function readConcealed(graph: GraphClient, signal: AbortSignal): Promise<boolean> {
  const answer = await graph.get(graph.api('/admin/reportSettings'), OPERATIONS.reportSettings, signal);
  return readJson(answer, ReportSettings, OPERATIONS.reportSettings).displayConcealedNames;
}
