import { describe, expect, it } from 'vitest';
import { NO_ACCESS, type Role } from '../../../src/domain/access/access.ts';
import type { AccessReader, HeldRole } from '../../../src/domain/ports.ts';
import { type AccessOptions, createAccess, type RoleSettings } from '../../../src/teams/access.ts';

const TENANT = 'contoso';
const person = (aadObjectId: string, tenantId: string | null = TENANT) => ({
  aadObjectId,
  tenantId,
  name: aadObjectId,
});

const NOBODY: RoleSettings = {
  readerGroupId: null,
  operatorGroupId: null,
  ownerGroupId: null,
  readerRoleIds: [],
  operatorRoleIds: [],
  ownerRoleIds: [],
  scopedOperators: [],
};
const GROUPS: RoleSettings = {
  ...NOBODY,
  readerGroupId: 'readers',
  operatorGroupId: 'operators',
  ownerGroupId: 'owners',
};
const ROLES: RoleSettings = {
  ...NOBODY,
  readerRoleIds: ['global-reader'],
  operatorRoleIds: ['license-admin', 'both'],
  ownerRoleIds: ['global-admin', 'both'],
};

/** A directory that counts what it is asked and cannot answer what a test says. */
class Directory implements AccessReader {
  groups: Record<string, string[]> = {
    readers: ['rob', 'olga'],
    operators: ['olga'],
    owners: ['wen'],
    berlin: ['bea', 'rob'],
    paris: ['bea'],
  };
  roles: Record<string, HeldRole[]> = {};
  units: Record<string, string[]> = { 'unit-berlin': ['u1', 'u2'], 'unit-paris': ['u3'] };
  readonly asked: string[] = [];
  silent: (source: string) => boolean = () => false;

  async groupMembers(groupId: string) {
    return new Set(this.#answer(groupId, this.groups[groupId] ?? []));
  }
  async rolesOf(userId: string) {
    return this.#answer(`roles of ${userId}`, this.roles[userId] ?? []);
  }
  async unitMembers(unitId: string) {
    return new Set(this.#answer(unitId, this.units[unitId] ?? []));
  }

  #answer<Value>(source: string, value: Value): Value {
    this.asked.push(source);
    if (this.silent(source)) throw new Error('no answer');
    return value;
  }
}

function accessWith(roles: RoleSettings) {
  const directory = new Directory();
  const clock = { now: 0 };
  const failures: string[] = [];
  const options: AccessOptions = {
    roles,
    tenantId: TENANT,
    directory,
    now: () => clock.now,
    onFailure: (source) => failures.push(source),
  };
  return { access: createAccess(options), directory, clock, failures };
}

describe('what a person may do', () => {
  it.each<{ who: string; role: Role }>([
    { who: 'rob', role: 'reader' },
    { who: 'olga', role: 'operator' },
    { who: 'wen', role: 'owner' },
    { who: 'a stranger', role: 'none' },
  ])('by groups, $who: $role', async ({ who, role }) => {
    const { access } = accessWith(GROUPS);
    expect((await access(person(who))).role).toBe(role);
  });

  it.each<{ held: HeldRole[]; want: Awaited<ReturnType<ReturnType<typeof createAccess>>> }>([
    { held: [{ roleTemplateId: 'teams-admin', unitId: null }], want: NO_ACCESS },
    {
      held: [{ roleTemplateId: 'global-reader', unitId: null }],
      want: { role: 'reader', sees: null, acts: new Set() },
    },
    {
      held: [{ roleTemplateId: 'license-admin', unitId: null }],
      want: { role: 'operator', sees: null, acts: null },
    },
    {
      held: [{ roleTemplateId: 'both', unitId: null }],
      want: { role: 'owner', sees: null, acts: null },
    },
    {
      held: [{ roleTemplateId: 'license-admin', unitId: 'unit-berlin' }],
      want: { role: 'operator', sees: new Set(['u1', 'u2']), acts: new Set(['u1', 'u2']) },
    },
    {
      held: [{ roleTemplateId: 'global-admin', unitId: 'unit-berlin' }],
      want: { role: 'operator', sees: new Set(['u1', 'u2']), acts: new Set(['u1', 'u2']) },
    },
    {
      held: [
        { roleTemplateId: 'license-admin', unitId: 'unit-berlin' },
        { roleTemplateId: 'license-admin', unitId: 'unit-paris' },
        { roleTemplateId: 'global-reader', unitId: null },
      ],
      want: { role: 'operator', sees: null, acts: new Set(['u1', 'u2', 'u3']) },
    },
  ])('by directory roles: $held', async ({ held, want }) => {
    const { access, directory } = accessWith(ROLES);
    directory.roles.ada = held;
    expect(await access(person('ada'))).toEqual(want);
  });

  it('by a group with a unit, is for the users of that unit; several units add up', async () => {
    const { access } = accessWith({
      ...GROUPS,
      scopedOperators: [
        { groupId: 'berlin', unitId: 'unit-berlin' },
        { groupId: 'paris', unitId: 'unit-paris' },
      ],
    });
    const all = new Set(['u1', 'u2', 'u3']);
    expect(await access(person('bea'))).toEqual({ role: 'operator', sees: all, acts: all });
    expect(await access(person('rob'))).toEqual({
      role: 'operator',
      sees: null,
      acts: new Set(['u1', 'u2']),
    });
    expect(await access(person('olga'))).toEqual({ role: 'operator', sees: null, acts: null });
  });

  it('is nothing in another tenant, in none, and without an object id', async () => {
    const { access, directory } = accessWith(GROUPS);
    directory.groups.owners?.push('');
    for (const stranger of [person('wen', 'fabrikam'), person('wen', null), person('')]) {
      expect(await access(stranger)).toEqual(NO_ACCESS);
    }
    expect(directory.asked).toEqual([]);
  });

  it('without any setting of roles is to ask, and never to decide', async () => {
    const { access } = accessWith(NOBODY);
    expect(await access(person('anybody'))).toEqual({ role: 'reader', sees: null, acts: new Set() });
  });
});

describe('a directory that does not answer', () => {
  const EVERYTHING: RoleSettings = {
    ...GROUPS,
    ...{ operatorRoleIds: ['license-admin'] },
    scopedOperators: [{ groupId: 'berlin', unitId: 'unit-berlin' }],
  };

  it('gives nobody anything, tells it once, and is asked again the next time', async () => {
    const { access, directory, failures } = accessWith(GROUPS);
    directory.silent = () => true;
    expect(await access(person('olga'))).toEqual(NO_ACCESS);
    expect(await access(person('olga'))).toEqual(NO_ACCESS);
    expect(failures.toSorted()).toEqual(['group operators', 'group owners', 'group readers']);
    directory.silent = () => false;
    expect((await access(person('olga'))).role).toBe('operator');
    directory.silent = () => true;
    expect((await access(person('olga'))).role).toBe('operator');
  });

  it('about one source takes nothing from what another gives', async () => {
    const { access, directory } = accessWith(EVERYTHING);
    directory.roles.rob = [{ roleTemplateId: 'license-admin', unitId: null }];
    directory.silent = (source) => source.startsWith('roles of');
    expect((await access(person('wen'))).role).toBe('owner');
    expect(await access(person('rob'))).toEqual({
      role: 'operator',
      sees: null,
      acts: new Set(['u1', 'u2']),
    });
  });

  it('about a unit gives its operator no rights there, instead of everywhere', async () => {
    const { access, directory } = accessWith(EVERYTHING);
    directory.silent = (source) => source === 'unit-berlin';
    expect(await access(person('bea'))).toEqual(NO_ACCESS);
    expect(await access(person('rob'))).toEqual({ role: 'reader', sees: null, acts: new Set() });
  });

  it('is not asked about roles and units of an owner', async () => {
    const { access, directory } = accessWith(EVERYTHING);
    await access(person('wen'));
    expect(directory.asked.toSorted()).toEqual(['operators', 'owners', 'readers']);
  });
});

describe('the memory of what the directory said', () => {
  it('lasts a minute, and then a removed operator is out', async () => {
    const { access, directory, clock } = accessWith(GROUPS);
    await access(person('olga'));
    directory.groups.operators = [];
    clock.now = 59_999;
    expect((await access(person('olga'))).role).toBe('operator');
    expect(directory.asked).toHaveLength(3);
    clock.now = 60_000;
    expect((await access(person('olga'))).role).toBe('reader');
  });

  it('lasts a minute for directory roles and units as well', async () => {
    const { access, directory, clock } = accessWith(ROLES);
    directory.roles.ada = [{ roleTemplateId: 'license-admin', unitId: 'unit-berlin' }];
    await access(person('ada'));
    directory.units['unit-berlin'] = ['u1'];
    clock.now = 59_999;
    expect((await access(person('ada'))).acts).toEqual(new Set(['u1', 'u2']));
    clock.now = 60_000;
    expect((await access(person('ada'))).acts).toEqual(new Set(['u1']));
    directory.roles.ada = [];
    clock.now = 120_000;
    expect(await access(person('ada'))).toEqual(NO_ACCESS);
  });
});
