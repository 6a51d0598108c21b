import { z } from 'zod';
import type { HeldRole } from '../../domain/ports.ts';
import { lowerCase } from '../bodies/normal-form.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readAll } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import { OPERATIONS } from '../operations.ts';

const PAGE_SIZE = 999;

/** Microsoft Graph `unifiedRoleAssignment`, as far as we use it. */
const RoleAssignment = z.object({
  roleDefinitionId: z.string(),
  directoryScopeId: z.string().nullish(),
});
type RoleAssignment = z.infer<typeof RoleAssignment>;

const readAssignment = rowReader('role assignment', RoleAssignment, (assignment) => assignment);
const readGroup = rowReader(
  'group of a person',
  z.object({ id: z.string(), isAssignableToRole: z.boolean().nullish() }),
  (group) => ({ id: lowerCase(group.id), roleAssignable: group.isAssignableToRole ?? false }),
);

/**
 * The active directory roles of a person, each once: their own and those of role-assignable groups, which
 * the list that follows groups by itself has in `/beta` only. A role that is merely eligible (Privileged
 * Identity Management) has no assignment until it is activated. Throws TenantReadError.
 */
export async function readRolesOf(
  graph: GraphClient,
  userId: string,
  signal: AbortSignal,
): Promise<HeldRole[]> {
  const principals = [userId, ...(await roleAssignableGroupsOf(graph, userId, signal))];
  const roles = new Map<string, HeldRole>();
  for (const principalId of principals) {
    for (const role of await assignedTo(graph, principalId, signal)) {
      roles.set(`${role.roleTemplateId} ${role.unitId}`, role);
    }
  }
  return [...roles.values()];
}

async function roleAssignableGroupsOf(
  graph: GraphClient,
  userId: string,
  signal: AbortSignal,
): Promise<string[]> {
  const path = `/users/${encodeURIComponent(userId)}/transitiveMemberOf`;
  const first = () => graph.api(path).select('id,isAssignableToRole').top(PAGE_SIZE);
  const groups = await readAll({ graph, first, operation: OPERATIONS.groupsOfPerson, signal }, readGroup);
  return groups.filter(({ roleAssignable }) => roleAssignable).map(({ id }) => id);
}

async function assignedTo(graph: GraphClient, principalId: string, signal: AbortSignal): Promise<HeldRole[]> {
  const filter = `principalId eq '${principalId.replaceAll("'", "''")}'`;
  const first = () => graph.api('/roleManagement/directory/roleAssignments').filter(filter);
  const operation = OPERATIONS.roleAssignments;
  const assignments = await readAll({ graph, first, operation, signal }, readAssignment);
  return assignments.flatMap((assignment) => heldRole(assignment) ?? []);
}

const UNIT_SCOPE = /^\/administrativeUnits\/([^/]+)$/i;

/** Null for a scope that is neither the tenant nor a unit: a role over one application is none over licenses. */
function heldRole({ roleDefinitionId, directoryScopeId }: RoleAssignment): HeldRole | null {
  // The id of a built-in role's definition is its template's, the same in every tenant.
  const roleTemplateId = lowerCase(roleDefinitionId);
  if (directoryScopeId === '/') return { roleTemplateId, unitId: null };
  const unitId = UNIT_SCOPE.exec(directoryScopeId ?? '')?.[1];
  return unitId === undefined ? null : { roleTemplateId, unitId: lowerCase(unitId) };
}
