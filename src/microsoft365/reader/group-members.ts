import { z } from 'zod';
import { lowerCase } from '../bodies/normal-form.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { Page, readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

const PAGE_SIZE = 999;
const readMemberId = rowReader('group member', z.object({ id: z.string() }), (member) =>
  lowerCase(member.id),
);

/** Object ids of a group's direct and nested members, of any type. Throws TenantReadError. */
export const readGroupMembers = (
  graph: GraphClient,
  groupId: string,
  signal: AbortSignal,
): Promise<Set<string>> => readMemberIds(graph, groupId, 'transitiveMembers', signal);

/** Object ids of a group's direct members, of any type. Throws TenantReadError. */
export const readDirectMembers = (
  graph: GraphClient,
  groupId: string,
  signal: AbortSignal,
): Promise<Set<string>> => readMemberIds(graph, groupId, 'members', signal);

/**
 * Object ids of a group's direct and nested members, of any type, where one page holds them all; null for a larger
 * group. Throws TenantReadError.
 */
export async function readFewMembers(
  graph: GraphClient,
  groupId: string,
  signal: AbortSignal,
): Promise<Set<string> | null> {
  const operation = OPERATIONS.groupMembers;
  const path = `/groups/${encodeURIComponent(groupId)}/transitiveMembers`;
  const answer = await graph.get(graph.api(path).select('id').top(PAGE_SIZE), operation, signal);
  const page = readJson(answer, Page, operation);
  return page['@odata.nextLink'] === undefined ? new Set(page.value.map(readMemberId)) : null;
}

async function readMemberIds(
  graph: GraphClient,
  groupId: string,
  which: 'members' | 'transitiveMembers',
  signal: AbortSignal,
): Promise<Set<string>> {
  const path = `/groups/${encodeURIComponent(groupId)}/${which}`;
  const first = () => graph.api(path).select('id').top(PAGE_SIZE);
  return new Set(await readAll({ graph, first, operation: OPERATIONS.groupMembers, signal }, readMemberId));
}
