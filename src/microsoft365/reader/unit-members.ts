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

const readUnit = rowReader(
  'administrative unit',
  z.object({ id: z.string(), displayName: z.string().nullish() }),
  (unit) => ({ id: lowerCase(unit.id), name: unit.displayName ?? '' }),
);

/**
 * The administrative unit of a name; null where there is none. All are read: a tenant has few, and a filter would ask
 * for the exact capitals of none. Throws TenantReadError.
 */
export async function readUnitNamed(
  graph: GraphClient,
  name: string,
  signal: AbortSignal,
): Promise<{ id: string; name: string } | null> {
  const first = () => graph.api('/directory/administrativeUnits').select('id,displayName').top(PAGE_SIZE);
  const units = await readAll({ graph, first, operation: OPERATIONS.unitMembers, signal }, readUnit);
  const wanted = folded(name);
  return units.find((unit) => folded(unit.name) === wanted) ?? null;
}

const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();
