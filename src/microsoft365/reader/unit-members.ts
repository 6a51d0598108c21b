import { z } from 'zod';
import { lowerCase } from '../bodies/normal-form.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const PAGE_SIZE = 999;
const USER_TYPE = '#microsoft.graph.user';

/** A unit holds users, groups and devices; the users of its groups are not in the unit by that. */
const readMember = rowReader(
  'member of an administrative unit',
  z.object({ id: z.string(), '@odata.type': z.string() }),
  (member) => ({ id: lowerCase(member.id), isUser: member['@odata.type'] === USER_TYPE }),
);

/** Object ids of the users in an administrative unit. Throws TenantReadError. */
export async function readUnitMembers(
  graph: GraphClient,
  unitId: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  const path = `/directory/administrativeUnits/${encodeURIComponent(unitId)}/members`;
  const first = () => graph.api(path).select('id').top(PAGE_SIZE);
  const members = await readAll({ graph, first, operation: OPERATIONS.unitMembers, signal }, readMember);
  return new Set(members.filter(({ isUser }) => isUser).map(({ id }) => id));
}
