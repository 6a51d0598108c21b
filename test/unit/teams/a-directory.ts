import {
  type AccessReader,
  type HeldRole,
  type KnownAccess,
  type PersonKind,
  TenantReadError,
} from '../../../src/domain/ports.ts';
import { type AccessOptions, createAccess } from '../../../src/teams/access/access.ts';
import { createLastKnown } from '../../../src/teams/access/known-access.ts';
import type { RoleSettings } from '../../../src/teams/access/role-settings.ts';

export const TENANT = 'contoso';
export const person = (aadObjectId: string, tenantId: string | null = TENANT) => ({
  aadObjectId,
  tenantId,
  name: aadObjectId,
});

export const NOBODY: RoleSettings = {
  readerGroupId: null,
  operatorGroupId: null,
  ownerGroupId: null,
  readerRoleIds: [],
  operatorRoleIds: [],
  ownerRoleIds: [],
  scopedOperators: [],
};
export const GROUPS: RoleSettings = {
  ...NOBODY,
  readerGroupId: 'readers',
  operatorGroupId: 'operators',
  ownerGroupId: 'owners',
};
export const ROLES: RoleSettings = {
  ...NOBODY,
  readerRoleIds: ['global-reader'],
  operatorRoleIds: ['license-admin', 'both'],
  ownerRoleIds: ['global-admin', 'both'],
};

/** A directory that counts what it is asked and cannot answer what a test says. */
export class Directory implements AccessReader {
  groups: Record<string, string[]> = {
    readers: ['rob', 'olga'],
    operators: ['olga'],
    owners: ['wen'],
    berlin: ['bea', 'rob'],
    paris: ['bea'],
  };
  roles: Record<string, HeldRole[]> = {};
  units: Record<string, string[]> = { 'unit-berlin': ['u1', 'u2'], 'unit-paris': ['u3'] };
  kinds: Record<string, PersonKind> = { mia: 'member', gus: 'guest' };
  readonly asked: string[] = [];
  failure: Error = new TenantReadError('unreachable', 'no answer');
  silent: (source: string) => boolean = () => false;

  async groupsOf(userId: string, groupIds: readonly string[]) {
    const theirs = groupIds.filter((id) => this.groups[id]?.includes(userId));
    return new Set(this.#answer(`groups of ${userId}`, theirs));
  }
  async rolesOf(userId: string) {
    return this.#answer(`roles of ${userId}`, this.roles[userId] ?? []);
  }
  async unitMembers(unitId: string) {
    return new Set(this.#answer(unitId, this.units[unitId] ?? []));
  }
  async unitNamed() {
    return null;
  }
  async kindOf(userId: string) {
    return this.#answer<PersonKind>(`kind of ${userId}`, this.kinds[userId] ?? 'nobody');
  }
  async roleHolders() {
    return { users: [], groups: [] };
  }

  async nameOf() {
    return null;
  }

  async fewMembers(groupId: string) {
    const members = this.groups[groupId] ?? [];
    return this.#answer(`members of ${groupId}`, members.length > 999 ? null : new Set(members));
  }

  #answer<Value>(source: string, value: Value): Value {
    this.asked.push(source);
    if (this.silent(source)) throw this.failure;
    return value;
  }
}

/** What the database keeps; `broken` when it answers nothing. */
export class KnownRows {
  readonly rows = new Map<string, KnownAccess>();
  writes = 0;
  broken = false;
  async find(_tenant: string, userId: string) {
    if (this.broken) throw new Error('disk full');
    return this.rows.get(userId) ?? null;
  }
  async keep(_tenant: string, userId: string, known: KnownAccess | null) {
    if (this.broken) throw new Error('disk full');
    this.writes++;
    if (known) this.rows.set(userId, known);
    else this.rows.delete(userId);
  }
}

export function accessWith(roles: RoleSettings, rows = new KnownRows(), directory = new Directory(), at = 0) {
  const clock = { now: at };
  const failures: string[] = [];
  const onFailure = (source: string) => void failures.push(source);
  const options: AccessOptions = {
    roles,
    tenantId: TENANT,
    directory,
    lastKnown: createLastKnown(rows, TENANT, onFailure),
    scannedKind: async (userId) => (userId === 'sam' ? 'member' : null),
    now: () => clock.now,
    onFailure,
  };
  return { access: createAccess(options), directory, clock, failures, rows };
}
