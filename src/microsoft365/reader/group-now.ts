import { z } from 'zod';
import type { GroupNow } from '../../domain/license/group-now.ts';
import type { LicensedGroup } from '../../domain/license/sku.ts';
import { GROUP_PROPERTIES, GraphGroup, toLicensedGroup } from '../bodies/group.ts';
import { lowerCase } from '../bodies/normal-form.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';
import { readGroupsById } from './groups-by-id.ts';

const PAGE_SIZE = 999;
const readGroup = rowReader('group', GraphGroup, toLicensedGroup);

/** Members are of several types, which only this annotation tells; a user without it is taken for one. */
const Member = z.object({ id: z.string(), '@odata.type': z.string().nullish() });
const readMember = rowReader('group member', Member, (member) => ({
  id: lowerCase(member.id),
  type: member['@odata.type']?.replace('#microsoft.graph.', '') ?? 'user',
}));

/** Reads a group and its direct members, as they are now; null where there is no such group. Throws TenantReadError. */
export async function readGroupNow(
  graph: GraphClient,
  groupId: string,
  patience: Patience,
  signal: AbortSignal,
): Promise<GroupNow | null> {
  const [group] = await readGroupsById(graph, [groupId], patience, signal);
  if (!group) return null;
  const path = `/groups/${encodeURIComponent(groupId)}/members`;
  const first = () => graph.api(path).select('id').top(PAGE_SIZE);
  const members = await readAll({ graph, first, operation: OPERATIONS.groupMembers, signal }, readMember);
  const ofType = (type: string): string[] =>
    members.filter((member) => member.type === type).map(({ id }) => id);
  return { group, userIds: [...new Set(ofType('user'))], nested: ofType('group').length };
}

/** As many comparisons as Graph takes in one filter. */
const MAX_NAMES = 15;

/** Reads the groups of these names, in any letter case; of more than 15 the first ones. Throws TenantReadError. */
export async function readGroupsNamed(
  graph: GraphClient,
  names: readonly string[],
  signal: AbortSignal,
): Promise<LicensedGroup[]> {
  if (names.length === 0) return [];
  const named = names
    .slice(0, MAX_NAMES)
    .map((name) => `displayName eq '${name.replaceAll("'", "''")}'`)
    .join(' or ');
  const first = () =>
    graph
      .api('/groups')
      .filter(named)
      .select([...GROUP_PROPERTIES])
      .top(PAGE_SIZE);
  return readAll({ graph, first, operation: OPERATIONS.groupsNamed, signal }, readGroup);
}
