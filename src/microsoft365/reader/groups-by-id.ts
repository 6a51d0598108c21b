import type { LicensedGroup } from '../../domain/license/sku.ts';
import { GROUP_PROPERTIES, GraphGroup, toLicensedGroup } from '../bodies/group.ts';
import { type Patience, readBatch } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const readGroup = rowReader('group', GraphGroup, toLicensedGroup);

/** Reads these groups as they are now; those that are gone are left out. Throws TenantReadError. */
export async function readGroupsById(
  graph: GraphClient,
  ids: readonly string[],
  patience: Patience,
  signal: AbortSignal,
): Promise<LicensedGroup[]> {
  const select = GROUP_PROPERTIES.join(',');
  const paths = [...new Set(ids)].map((id) => `/groups/${encodeURIComponent(id)}?$select=${select}`);
  const answers = await readBatch(graph, paths, OPERATIONS.licensedGroups, patience, signal);
  return answers.filter(({ found }) => found).map(({ body }) => readGroup(body));
}
