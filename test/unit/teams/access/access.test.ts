import { describe, expect, it } from 'vitest';
import { NO_ACCESS, type Role } from '../../../../src/domain/access/access.ts';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { HeldRole } from '../../../../src/domain/ports.ts';
import type { createAccess } from '../../../../src/teams/access/access.ts';
import { accessWith, GROUPS, NOBODY, person, ROLES } from '../a-directory.ts';

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
    const { access, directory } = accessWith(NOBODY);
    expect(await access(person('mia'))).toEqual({ role: 'reader', sees: null, acts: new Set() });
    expect(await access(person('sam'))).toEqual({ role: 'reader', sees: null, acts: new Set() });
    expect(directory.asked).toEqual(['kind of mia']);
  });

  it.each(['gus', 'somebody of another tenant'])(
    'without any setting of roles is nothing for %s',
    async (who) => {
      const { access } = accessWith(NOBODY);
      expect(await access(person(who))).toEqual(NO_ACCESS);
    },
  );

  it('is what a role gives a guest whom it names', async () => {
    const { access, directory } = accessWith(GROUPS);
    directory.groups.readers?.push('gus');
    expect((await access(person('gus'))).role).toBe('reader');
  });
});

describe('the memory of what the directory said', () => {
  it('lasts a minute, and then a removed operator is out', async () => {
    const { access, directory, clock } = accessWith(GROUPS);
    await access(person('olga'));
    directory.groups.operators = [];
    clock.now = 59_999;
    expect((await access(person('olga'))).role).toBe('operator');
    expect(directory.asked).toHaveLength(1);
    clock.now = MINUTE_MS;
    expect((await access(person('olga'))).role).toBe('reader');
  });

  it('lasts a minute for directory roles and units as well', async () => {
    const { access, directory, clock } = accessWith(ROLES);
    directory.roles.ada = [{ roleTemplateId: 'license-admin', unitId: 'unit-berlin' }];
    await access(person('ada'));
    directory.units['unit-berlin'] = ['u1'];
    clock.now = 59_999;
    expect((await access(person('ada'))).acts).toEqual(new Set(['u1', 'u2']));
    clock.now = MINUTE_MS;
    expect((await access(person('ada'))).acts).toEqual(new Set(['u1']));
    directory.roles.ada = [];
    clock.now = 120_000;
    expect(await access(person('ada'))).toEqual(NO_ACCESS);
  });
});
