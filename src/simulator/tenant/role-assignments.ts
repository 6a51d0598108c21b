import { idOf } from './ids.ts';

/** Template ids of built-in roles, the same in every tenant (Microsoft Entra built-in roles). */
export const ROLE_TEMPLATES = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Global Reader': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  'License Administrator': '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
} as const;
export type RoleName = keyof typeof ROLE_TEMPLATES;

/** An active role of a user, or of a role-assignable group. */
export type RoleAssignment = {
  readonly id: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  /** `/` for the tenant, `/administrativeUnits/{id}` for a unit. */
  readonly directoryScopeId: string;
};

const scopeOf = (unitId: string | null): string => (unitId === null ? '/' : `/administrativeUnits/${unitId}`);

/** Who holds which directory role over what. */
export class RoleBook {
  readonly #assignments = new Map<string, RoleAssignment>();

  all(): RoleAssignment[] {
    return [...this.#assignments.values()];
  }

  /** Gives a role over a unit, or over the tenant (null). Once more changes nothing. */
  grant(principalId: string, role: RoleName, unitId: string | null): void {
    const assignment = this.#assignment(principalId, role, unitId);
    this.#assignments.set(assignment.id, assignment);
  }

  revoke(principalId: string, role: RoleName, unitId: string | null): void {
    this.#assignments.delete(this.#assignment(principalId, role, unitId).id);
  }

  #assignment(principalId: string, role: RoleName, unitId: string | null): RoleAssignment {
    const directoryScopeId = scopeOf(unitId);
    const id = idOf('role-assignment', `${principalId} ${role} ${directoryScopeId}`);
    return { id, principalId, roleDefinitionId: ROLE_TEMPLATES[role], directoryScopeId };
  }
}
