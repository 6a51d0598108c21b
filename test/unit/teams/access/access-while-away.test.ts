import { describe, expect, it } from 'vitest';
import { NO_ACCESS } from '../../../../src/domain/access/access.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import { TenantReadError } from '../../../../src/domain/ports.ts';
import type { RoleSettings } from '../../../../src/teams/access/role-settings.ts';
import { accessWith, Directory, GROUPS, person, ROLES } from '../a-directory.ts';

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

describe('while the directory is away', () => {
  it('whoever had a role may read for an hour, and decide nothing', async () => {
    const { access, directory, clock } = accessWith(GROUPS);
    expect(await access(person('olga'))).toEqual({ role: 'operator', sees: null, acts: null });
    directory.silent = () => true;
    clock.now = HOUR_MS - 1;
    expect(await access(person('olga'))).toEqual({
      role: 'reader',
      sees: null,
      acts: new Set(),
      unread: true,
    });
    clock.now = HOUR_MS;
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
    const late = accessWith(scoped, rows, away, HOUR_MS);
    expect(await late.access(person('olga'))).toEqual({ ...NO_ACCESS, unread: true });
  });

  it('somebody whose role was taken has nothing to remember', async () => {
    const { access, directory, clock, rows } = accessWith(GROUPS);
    await access(person('olga'));
    directory.groups = {};
    clock.now = MINUTE_MS;
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
    clock.now = MINUTE_MS;
    expect((await access(person('olga'))).role).toBe('reader');
    expect(await access(person('rob'))).toEqual({ ...NO_ACCESS, unread: true });
    expect(failures).toContain('last known roles');
  });

  it('is not written with every question', async () => {
    const { access, clock, rows } = accessWith(GROUPS);
    for (let minute = 0; minute < 10; minute++) {
      clock.now = minute * MINUTE_MS;
      await access(person('olga'));
    }
    expect(rows.writes).toBe(1);
    clock.now = 10 * MINUTE_MS;
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
