import { describe, expect, it } from 'vitest';
import { NO_ACCESS, type Role } from '../../../src/domain/access/access.ts';
import {
  type AccessReader,
  type HeldRole,
  type KnownAccess,
  type PersonKind,
  TenantReadError,
} from '../../../src/domain/ports.ts';
import { type AccessOptions, createAccess } from '../../../src/teams/access/access.ts';
import { createLastKnown } from '../../../src/teams/access/known-access.ts';
import { createOperatorCandidates } from '../../../src/teams/access/operator-candidates.ts';
import type { RoleSettings } from '../../../src/teams/access/role-settings.ts';

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
  async kindOf(userId: string) {
    return this.#answer<PersonKind>(`kind of ${userId}`, this.kinds[userId] ?? 'nobody');
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
class KnownRows {
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

function accessWith(roles: RoleSettings, rows = new KnownRows(), directory = new Directory(), at = 0) {
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

describe('a directory that does not answer', () => {
  const EVERYTHING: RoleSettings = {
    ...GROUPS,
    ...{ operatorRoleIds: ['license-admin'] },
    scopedOperators: [{ groupId: 'berlin', unitId: 'unit-berlin' }],
  };

  it('gives nobody anything, tells it once, and is asked again the next time', async () => {
    const { access, directory, failures } = accessWith(GROUPS);
    directory.silent = () => true;
    expect(await access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(await access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(failures).toEqual(['groups of olga']);
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
      unread: true,
    });
  });

  it('about a unit gives its operator no rights there, instead of everywhere', async () => {
    const { access, directory } = accessWith(EVERYTHING);
    directory.silent = (source) => source === 'unit-berlin';
    expect(await access(person('bea'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(await access(person('rob'))).toEqual({
      role: 'reader',
      sees: null,
      acts: new Set(),
      unread: true,
    });
  });

  it('is not asked about roles and units of an owner', async () => {
    const { access, directory } = accessWith(EVERYTHING);
    await access(person('wen'));
    expect(directory.asked).toEqual(['groups of wen']);
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

describe('while the directory is away', () => {
  const HOUR = 3_600_000;

  it('whoever had a role may read for an hour, and decide nothing', async () => {
    const { access, directory, clock } = accessWith(GROUPS);
    expect(await access(person('olga'))).toEqual({ role: 'operator', sees: null, acts: null });
    directory.silent = () => true;
    clock.now = HOUR - 1;
    expect(await access(person('olga'))).toEqual({
      role: 'reader',
      sees: null,
      acts: new Set(),
      unread: true,
    });
    clock.now = HOUR;
    expect(await access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
  });

  it('it is remembered over a restart, with the users of a unit and no others', async () => {
    const scoped = { ...GROUPS, scopedOperators: [{ groupId: 'paris', unitId: 'unit-paris' }] };
    const { access, rows } = accessWith(scoped);
    await access(person('bea'));
    await access(person('olga'));
    const away = new Directory();
    away.silent = () => true;
    const restarted = accessWith(scoped, rows, away, 1_000);
    expect(await restarted.access(person('bea'))).toEqual({
      role: 'reader',
      sees: new Set(['u3']),
      acts: new Set(),
      unread: true,
    });
    expect((await restarted.access(person('olga'))).sees).toBeNull();
    expect(await restarted.access(person('a stranger'))).toEqual({ ...NO_ACCESS, unread: true });
    const late = accessWith(scoped, rows, away, HOUR);
    expect(await late.access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
  });

  it('somebody whose role was taken has nothing to remember', async () => {
    const { access, directory, clock, rows } = accessWith(GROUPS);
    await access(person('olga'));
    directory.groups = {};
    clock.now = 60_000;
    expect(await access(person('olga'))).toEqual(NO_ACCESS);
    directory.silent = () => true;
    clock.now = 120_000;
    expect(await access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(rows.rows.size).toBe(0);
  });

  it('a database that is away too leaves what this process has seen', async () => {
    const { access, directory, clock, rows, failures } = accessWith(GROUPS);
    rows.broken = true;
    expect((await access(person('olga'))).role).toBe('operator');
    directory.silent = () => true;
    clock.now = 60_000;
    expect((await access(person('olga'))).role).toBe('reader');
    expect(await access(person('rob'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(failures).toContain('last known roles');
  });

  it('is not written with every question', async () => {
    const { access, clock, rows } = accessWith(GROUPS);
    for (let minute = 0; minute < 10; minute++) {
      clock.now = minute * 60_000;
      await access(person('olga'));
    }
    expect(rows.writes).toBe(1);
    clock.now = 600_000;
    await access(person('olga'));
    expect(rows.rows.get('olga')?.at).toBe(600_000);
  });

  it('what it refuses to know is no role, and not a failure to read', async () => {
    const { access, directory } = accessWith({ ...GROUPS, ...ROLES });
    directory.silent = (source) => source.startsWith('roles of');
    directory.failure = new TenantReadError('refused', 'Microsoft refused (404).');
    expect(await access(person('a stranger'))).toEqual(NO_ACCESS);
  });
});

describe('who may be an operator', () => {
  it.each<{ roles: RoleSettings; who: string; may: boolean }>([
    { roles: GROUPS, who: 'olga', may: true },
    { roles: GROUPS, who: 'wen', may: true },
    { roles: GROUPS, who: 'rob', may: false },
    { roles: { ...GROUPS, scopedOperators: [{ groupId: 'berlin', unitId: 'u' }] }, who: 'rob', may: true },
    { roles: { ...GROUPS, operatorRoleIds: ['license-admin'] }, who: 'rob', may: true },
    { roles: NOBODY, who: 'rob', may: false },
  ])('$who: $may', async ({ roles, who, may }) => {
    const directory = new Directory();
    const maybe = createOperatorCandidates(roles, directory, () => 0);
    expect(await maybe(who)).toBe(may);
    await maybe('somebody else');
    expect(directory.asked.length).toBeLessThanOrEqual(3);
    expect(directory.asked).not.toContain('members of readers');
  });

  it('is not told by a group that is too large, or cannot be read', async () => {
    const directory = new Directory();
    directory.groups.operators = Array.from({ length: 1_000 }, (_, index) => `u${index}`);
    expect(await createOperatorCandidates(GROUPS, directory, () => 0)('rob')).toBe(true);
    directory.groups.operators = [];
    directory.silent = () => true;
    expect(await createOperatorCandidates(GROUPS, directory, () => 0)('rob')).toBe(true);
  });
});
