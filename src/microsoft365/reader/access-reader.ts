import type { AccessReader } from '../../domain/ports.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readRolesOf } from './directory-roles.ts';
import { readFewMembers } from './group-members.ts';
import { readGroupsOf, readPersonKind } from './groups-of-person.ts';
import { readNameOf, readRoleHolders } from './role-holders.ts';
import { readUnitMembers, readUnitNamed } from './unit-members.ts';

/** Tells who is who in one tenant, through Graph. */
export const createAccessReader = (graph: GraphClient): AccessReader => ({
  groupsOf: (userId, groupIds, signal) => readGroupsOf(graph, userId, groupIds, signal),
  rolesOf: (userId, signal) => readRolesOf(graph, userId, signal),
  unitMembers: (unitId, signal) => readUnitMembers(graph, unitId, signal),
  unitNamed: (name, signal) => readUnitNamed(graph, name, signal),
  kindOf: (userId, signal) => readPersonKind(graph, userId, signal),
  fewMembers: (groupId, signal) => readFewMembers(graph, groupId, signal),
  roleHolders: (roleTemplateId, signal) => readRoleHolders(graph, roleTemplateId, signal),
  nameOf: (key, signal) => readNameOf(graph, key, signal),
});
