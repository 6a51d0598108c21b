import { idOf } from '../tenant/ids.ts';
import { RoleBook } from '../tenant/role-assignments.ts';
import type { AdministrativeUnit } from '../tenant/units.ts';
import { groupIdOf, personId } from './build-people.ts';
import type { RoleSeed, UnitSeed } from './scenario.ts';

/** A scenario's administrative units. `operatorId` is Megan Bowen's object id. */
export const buildUnits = (seeds: readonly UnitSeed[], operatorId: string): AdministrativeUnit[] =>
  seeds.map(({ name, description, people, groups = [] }) => ({
    id: idOf('unit', name),
    displayName: name,
    description: description ?? null,
    members: new Set([...people.map((upn) => personId(upn, operatorId)), ...groups.map(groupIdOf)]),
  }));

/** A scenario's directory roles. Throws for a unit that it does not have. */
export function buildRoles(
  seeds: readonly RoleSeed[],
  units: readonly AdministrativeUnit[],
  operatorId: string,
): RoleBook {
  const roles = new RoleBook();
  for (const { role, holder, unit } of seeds) {
    const unitId = unit === undefined ? null : units.find((one) => one.displayName === unit)?.id;
    if (unitId === undefined) throw new RangeError(`The scenario has no unit "${unit}".`);
    const principalId = 'group' in holder ? groupIdOf(holder.group) : personId(holder.person, operatorId);
    roles.grant(principalId, role, unitId);
  }
  return roles;
}
