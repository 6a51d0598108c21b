import { z } from 'zod';
import { isGuest } from '../../domain/access/person-kind.ts';
import type { PersonKind } from '../../domain/ports.ts';
import { lowerCase } from '../bodies/normal-form.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readJson } from '../http/json-answer.ts';
import { OPERATIONS } from '../operations.ts';

/** "You can check up to a maximum of 20 groups per request", Graph's `checkMemberGroups`. */
const MAX_GROUPS = 20;

const NOT_FOUND = 404;
const GroupIds = z.object({ value: z.array(z.string()) });
const Person = z.object({ userType: z.string().nullish(), userPrincipalName: z.string().nullish() });

/**
 * Asks which of these groups a person is in, nested ones too, whatever the size of the groups. Somebody who is not
 * in the directory is in none. Throws TenantReadError.
 */
export async function readGroupsOf(
  graph: GraphClient,
  userId: string,
  groupIds: readonly string[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const operation = OPERATIONS.checkMemberGroups;
  const found = new Set<string>();
  for (let from = 0; from < groupIds.length; from += MAX_GROUPS) {
    const request = graph.api(`/users/${encodeURIComponent(userId)}/checkMemberGroups`);
    const body = { groupIds: groupIds.slice(from, from + MAX_GROUPS) };
    const answer = await graph.post(request, body, operation, signal);
    if (answer.status === NOT_FOUND) return new Set();
    for (const id of readJson(answer, GroupIds, operation).value) found.add(lowerCase(id));
  }
  return found;
}

/** Reads whether a person is a member of the tenant or a guest in it. Throws TenantReadError. */
export async function readPersonKind(
  graph: GraphClient,
  userId: string,
  signal: AbortSignal,
): Promise<PersonKind> {
  const operation = OPERATIONS.personKind;
  const request = graph.api(`/users/${encodeURIComponent(userId)}`).select('id,userType,userPrincipalName');
  const answer = await graph.get(request, operation, signal);
  if (answer.status === NOT_FOUND) return 'nobody';
  const { userType, userPrincipalName } = readJson(answer, Person, operation);
  const account = { userType: userType ?? null, userPrincipalName: userPrincipalName ?? '' };
  return isGuest(account) ? 'guest' : 'member';
}
