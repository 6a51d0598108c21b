import type { AccessReader } from '../../domain/ports.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readRolesOf } from './directory-roles.ts';
import { readGroupMembers } from './group-members.ts';
import { readUnitMembers } from './unit-members.ts';

/** Tells who is who in one tenant, through Graph. */
export const createAccessReader = (graph: GraphClient): AccessReader => ({
  groupMembers: (groupId, signal) => readGroupMembers(graph, groupId, signal),
  rolesOf: (userId, signal) => readRolesOf(graph, userId, signal),
  unitMembers: (unitId, signal) => readUnitMembers(graph, unitId, signal),
});
