import { z } from 'zod';
import type { RoleSource } from '../../domain/doctor/facts.ts';
import { type Ask, type Asked, bodyOf, isFine } from './ask.ts';

const Rows = z.object({ value: z.array(z.object({ '@odata.type': z.string().optional() })) });
const USER = '#microsoft.graph.user';
/** Enough to meet a person among nested groups and devices. */
const SOME = 20;

/** Looks whether a role group exists and has somebody in it, nested groups counted. */
export async function tryRoleGroup(ask: Ask, graph: string, token: string, id: string): Promise<RoleSource> {
  const group = `${graph}/v1.0/groups/${encodeURIComponent(id)}`;
  const nested = await ask({ url: `${group}/transitiveMembers?$select=id&$top=${SOME}`, token });
  const people = peopleIn(nested);
  if (people !== null) return { kind: 'group', id, state: people > 0 ? 'members' : 'empty' };
  if (isMissing(nested)) {
    const itself = await ask({ url: `${group}?$select=id,displayName`, token });
    if (isMissing(itself)) return { kind: 'group', id, state: 'missing' };
    const direct = peopleIn(await ask({ url: `${group}/members?$select=id&$top=${SOME}`, token }));
    if (direct !== null) return { kind: 'group', id, state: direct > 0 ? 'members' : 'empty' };
  }
  return { kind: 'unknown', id, why: whyOf(nested) };
}

/** Looks whether anybody holds one of these directory roles over the whole tenant, or over a part of it. */
export async function tryDirectoryRoles(
  ask: Ask,
  graph: string,
  token: string,
  templateIds: readonly string[],
): Promise<RoleSource> {
  let silence: string | null = null;
  for (const id of templateIds) {
    const filter = encodeURIComponent(`roleDefinitionId eq '${id}'`);
    const answer = await ask({
      url: `${graph}/v1.0/roleManagement/directory/roleAssignments?$filter=${filter}`,
      token,
    });
    const rows = Rows.safeParse(bodyOf(answer)).data?.value;
    if (rows === undefined) silence = whyOf(answer);
    else if (rows.length > 0) return { kind: 'directory-roles', state: 'members' };
  }
  return silence === null
    ? { kind: 'directory-roles', state: 'empty' }
    : { kind: 'unknown', id: null, why: silence };
}

/** How many of the members may decide something: people, and what has no type. Null where the answer is no list. */
function peopleIn(answer: Asked): number | null {
  if (!isFine(answer)) return null;
  const rows = Rows.safeParse(bodyOf(answer));
  if (!rows.success) return null;
  return rows.data.value.filter((row) => (row['@odata.type'] ?? USER) === USER).length;
}

const isMissing = (answer: Asked): boolean => answer.kind === 'answer' && answer.status === 404;

const whyOf = (answer: Asked): string =>
  answer.kind === 'no-answer'
    ? answer.why
    : `Graph answered with ${answer.status}${answer.code ? ` ${answer.code}` : ''}.`;
