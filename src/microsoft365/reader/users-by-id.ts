import type { UserState } from '../../domain/license/user-state.ts';
import { USER_PROPERTIES } from '../bodies/user.ts';
import { readUserRow } from '../bodies/user-row.ts';
import { type Patience, readBatch } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { OPERATIONS } from '../operations.ts';

/**
 * Reads these users as they are now; `missing` are those that Graph answers 404 for. Ids are asked for once
 * each. Throws TenantReadError.
 */
export async function readUsersById(
  graph: GraphClient,
  ids: readonly string[],
  patience: Patience,
  signal: AbortSignal,
): Promise<{ found: UserState[]; missing: string[] }> {
  const wanted = [...new Set(ids)];
  const select = USER_PROPERTIES.join(',');
  const paths = wanted.map((id) => `/users/${encodeURIComponent(id)}?$select=${select}`);
  const answers = await readBatch(graph, paths, OPERATIONS.usersById, patience, signal);
  return {
    found: answers.filter((answer) => answer.found).map((answer) => readUserRow(answer.body)),
    missing: wanted.filter((_, index) => answers[index]?.found === false),
  };
}

/** Which of these ids are in the directory's deleted items, where a user stays for 30 days. Throws TenantReadError. */
export async function readDeletedAmong(
  graph: GraphClient,
  ids: readonly string[],
  patience: Patience,
  signal: AbortSignal,
): Promise<string[]> {
  const wanted = [...new Set(ids)];
  const paths = wanted.map((id) => `/directory/deletedItems/${encodeURIComponent(id)}?$select=id`);
  const answers = await readBatch(graph, paths, OPERATIONS.deletedUsers, patience, signal);
  return wanted.filter((_, index) => answers[index]?.found === true);
}
