import { z } from 'zod';
import { lowerCase } from '../bodies/normal-form.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

const readHolder = rowReader(
  'role assignment',
  z.object({ principalId: z.string(), directoryScopeId: z.string().nullish() }),
  ({ principalId, directoryScopeId }) => ({ id: lowerCase(principalId), isOfAll: directoryScopeId === '/' }),
);

const NOT_FOUND = 404;
const Principal = z.object({ id: z.string() });
const Named = z.object({ displayName: z.string().nullish() });

/**
 * Who holds a directory role over the whole tenant now: users and role-assignable groups, by object id. Apps are left
 * out, and so is everybody who could activate it (Privileged Identity Management) and has not. Throws TenantReadError.
 */
export async function readRoleHolders(
  graph: GraphClient,
  roleTemplateId: string,
  signal: AbortSignal,
): Promise<{ users: string[]; groups: string[] }> {
  const operation = OPERATIONS.roleAssignments;
  const filter = `roleDefinitionId eq '${roleTemplateId.replaceAll("'", "''")}'`;
  const first = () => graph.api('/roleManagement/directory/roleAssignments').filter(filter);
  const held = await readAll({ graph, first, operation, signal }, readHolder);
  const ids = [...new Set(held.filter(({ isOfAll }) => isOfAll).map(({ id }) => id))];
  const groups: string[] = [];
  const users: string[] = [];
  for (const id of ids) {
    if (await isThere(graph, `/groups/${encodeURIComponent(id)}`, signal)) groups.push(id);
    else if (await isThere(graph, `/users/${encodeURIComponent(id)}`, signal)) users.push(id);
  }
  return { users, groups };
}

async function isThere(graph: GraphClient, path: string, signal: AbortSignal): Promise<boolean> {
  const operation = path.startsWith('/groups') ? OPERATIONS.licensedGroups : OPERATIONS.personKind;
  const answer = await graph.get(graph.api(path).select('id'), operation, signal);
  if (answer.status === NOT_FOUND) return false;
  return readJson(answer, Principal, operation).id !== '';
}

/** What a group (`groups/<id>`) or an administrative unit (`units/<id>`) is called; null when it is gone. */
export async function readNameOf(
  graph: GraphClient,
  key: string,
  signal: AbortSignal,
): Promise<string | null> {
  const [kind = '', id = ''] = key.split('/');
  const path = kind === 'units' ? '/directory/administrativeUnits' : '/groups';
  const operation = kind === 'units' ? OPERATIONS.unitMembers : OPERATIONS.licensedGroups;
  const request = graph.api(`${path}/${encodeURIComponent(id)}`).select('displayName');
  const answer = await graph.get(request, operation, signal);
  if (answer.status === NOT_FOUND) return null;
  return readJson(answer, Named, operation).displayName ?? null;
}
