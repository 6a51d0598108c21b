import { z } from 'zod';
import type { GraphClient } from '../graph/graph-client.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

const NOT_FOUND = 404;
const Owners = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Whether anybody owns a group now; null where there is no such group. Throws TenantReadError. */
export async function readHasOwner(
  graph: GraphClient,
  groupId: string,
  signal: AbortSignal,
): Promise<boolean | null> {
  const operation = OPERATIONS.groupOwners;
  const request = graph
    .api(`/groups/${encodeURIComponent(groupId)}/owners`)
    .select('id')
    .top(1);
  const answer = await graph.get(request, operation, signal);
  if (answer.status === NOT_FOUND) return null;
  return readJson(answer, Owners, operation).value.length > 0;
}
