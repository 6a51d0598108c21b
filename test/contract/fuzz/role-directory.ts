import type { AccessReader } from '../../../src/domain/ports.ts';
import { COMPANY } from '../../../src/simulator/scenarios/company.ts';
import {
  OPERATOR_ID,
  OPERATORS_GROUP_ID,
  SALES_UNIT,
  SALES_UNIT_ID,
} from '../../../src/simulator/scenarios/well-known.ts';
import { idOf } from '../../../src/simulator/tenant/ids.ts';
import { ROLE_TEMPLATES } from '../../../src/simulator/tenant/role-assignments.ts';
import { CAST } from '../authorization/cast.ts';

const unit = COMPANY.units?.find(({ name }) => name === SALES_UNIT);

/** Sign-in names of the users that the operator of a unit may see. */
export const SEEN_BY_SCOPED: readonly string[] = unit?.people ?? [];

const MEMBERS: ReadonlySet<string> = new Set(SEEN_BY_SCOPED.map((upn) => idOf('user', upn)));

const ROLES = new Map([
  [CAST.reader.aadObjectId, { roleTemplateId: ROLE_TEMPLATES['Global Reader'], unitId: null }],
  [CAST.owner.aadObjectId, { roleTemplateId: ROLE_TEMPLATES['Global Administrator'], unitId: null }],
  [
    CAST.scoped.aadObjectId,
    { roleTemplateId: ROLE_TEMPLATES['License Administrator'], unitId: SALES_UNIT_ID },
  ],
]);

/** The simulated tenant's answers about the cast, without asking it over HTTP at every turn. */
export const roleDirectory: AccessReader = {
  groupsOf: async (userId, groupIds) =>
    new Set(userId === OPERATOR_ID ? groupIds.filter((id) => id === OPERATORS_GROUP_ID) : []),
  async rolesOf(userId) {
    const role = ROLES.get(userId);
    return role ? [role] : [];
  },
  unitMembers: async (unitId) => (unitId === SALES_UNIT_ID ? MEMBERS : new Set()),
  unitNamed: async (name) => (name === 'Sales Benelux' ? { id: SALES_UNIT_ID, name } : null),
  kindOf: async () => 'member',
  roleHolders: async () => ({ users: [OPERATOR_ID], groups: [] }),
  nameOf: async (key) => `name of ${key}`,
  fewMembers: async (groupId) => new Set(groupId === OPERATORS_GROUP_ID ? [OPERATOR_ID] : []),
};
