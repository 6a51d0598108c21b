import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccessReader } from '../../../src/microsoft365/reader/access-reader.ts';
import { SALES_UNIT, SALES_UNIT_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { startLocalService } from '../../builders/servers/local-service.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { aGraph, signal } from './a-graph.ts';

const LICENSE_ADMINISTRATOR = '4d6ac14f-3453-41d0-bef9-a3e0c569773a';
const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const GLOBAL_READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const ADMINS = 'License Admins (role)';

describe('who may do what, in a tenant', () => {
  let world: TenantUnderTest;
  beforeEach(async () => {
    world = await aConnectedTenant();
  });
  afterEach(() => world.close());
  const rolesOf = (name: string) => world.connected.access.rolesOf(world.user(name), signal);

  it('is told by roles over the tenant', async () => {
    expect(await rolesOf('pattif')).toEqual([{ roleTemplateId: GLOBAL_READER, unitId: null }]);
  });

  it('is told by roles over an administrative unit', async () => {
    expect(await rolesOf('isaiahl')).toEqual([
      { roleTemplateId: LICENSE_ADMINISTRATOR, unitId: SALES_UNIT_ID },
    ]);
  });

  it('is told by roles that a role-assignable group gives, each once', async () => {
    expect(await rolesOf('anna.kowalska')).toEqual([{ roleTemplateId: LICENSE_ADMINISTRATOR, unitId: null }]);
    const holder = 'anna.kowalska@contoso.com';
    world.tenant.act({ kind: 'grant-role', role: 'License Administrator', holder });
    world.tenant.act({ kind: 'grant-role', role: 'User Administrator', holder: ADMINS, unit: SALES_UNIT });
    expect(await rolesOf('anna.kowalska')).toEqual([
      { roleTemplateId: LICENSE_ADMINISTRATOR, unitId: null },
      { roleTemplateId: USER_ADMINISTRATOR, unitId: SALES_UNIT_ID },
    ]);
  });

  it('says who holds a role over the tenant: users, and groups that give it, and nobody of a unit', async () => {
    const { access } = world.connected;
    expect(await access.roleHolders(GLOBAL_READER, signal)).toEqual({
      users: [world.user('pattif')],
      groups: [],
    });
    const held = await access.roleHolders(LICENSE_ADMINISTRATOR, signal);
    expect(held.users).not.toContain(world.user('isaiahl'));
    expect(held.groups).toHaveLength(1);
    expect(await access.nameOf(`groups/${held.groups[0]}`, signal)).toBe(ADMINS);
    expect(await access.nameOf(`units/${SALES_UNIT_ID}`, signal)).toBe(SALES_UNIT);
    expect(await access.nameOf('groups/00000000-0000-0000-0000-000000000009', signal)).toBe(null);
  });

  it('ends with the role', async () => {
    const holder = 'pattif@contoso.com';
    world.tenant.act({ kind: 'revoke-role', role: 'Global Reader', holder });
    expect(await rolesOf('pattif')).toEqual([]);
    expect(await rolesOf('alexw')).toEqual([]);
  });

  it('is given up after a second of pauses while the directory is down, because somebody waits', async () => {
    const { access } = world.connected;
    world.tenant.fault({ path: 'checkMemberGroups', effect: { kind: 'status', status: 503 } });
    const asked = world.clock.now();
    await expect(access.groupsOf(world.user('pattif'), [world.group(ADMINS)], signal)).rejects.toMatchObject({
      code: 'server-error',
    });
    expect(world.clock.now() - asked).toBeLessThanOrEqual(1_000);
  });

  it('is told by groups, nested ones too', async () => {
    const { access } = world.connected;
    const sales = world.group('All Sales');
    const ids = [sales, world.group('LIC-E3')];
    expect(await access.groupsOf(world.user('patrick.moran'), ids, signal)).toContain(sales);
    expect(await access.groupsOf(world.user('rick'), [sales], signal)).toEqual(new Set());
  });

  it('is told by groups, thirty at once too: twenty a request', async () => {
    const { access } = world.connected;
    const sales = world.group('All Sales');
    const unknown = Array.from({ length: 29 }, (_, n) => `00000000-0000-4000-8000-0000000000${n + 10}`);
    expect(await access.groupsOf(world.user('patrick.moran'), [...unknown, sales], signal)).toEqual(
      new Set([sales]),
    );
  });

  it('is nothing by groups for somebody who is not in the directory', async () => {
    const stranger = '00000000-0000-4000-8000-000000000000';
    expect(await world.connected.access.groupsOf(stranger, [world.group('All Sales')], signal)).toEqual(
      new Set(),
    );
    expect(await world.connected.access.kindOf(stranger, signal)).toBe('nobody');
    expect(await world.connected.access.kindOf(world.user('rick'), signal)).toBe('member');
  });

  it('is limited to the users of a unit; the members of its groups are not in it', async () => {
    world.tenant.act({ kind: 'add-to-unit', unit: SALES_UNIT, users: ['rick@contoso.com'] });
    world.tenant.act({ kind: 'remove-from-unit', unit: SALES_UNIT, users: ['wei.zhang@contoso.com'] });
    const names = ['zoe.mueller', 'ricardo.gomes', 'henriettam', 'rick'];
    expect(await world.connected.access.unitMembers(SALES_UNIT_ID, signal)).toEqual(
      new Set(names.map(world.user)),
    );
  });

  it.each<[string, () => Promise<unknown>, string[]]>([
    ['RoleManagement.Read.Directory', () => rolesOf('pattif'), ['Directory.Read.All']],
    [
      'GroupMember.Read.All',
      () => world.connected.access.groupsOf(world.user('rick'), [world.group('All Sales')], signal),
      ['Group.Read.All', 'GroupMember.ReadWrite.All', 'Directory.Read.All'],
    ],
    [
      'AdministrativeUnit.Read.All',
      () => world.connected.access.unitMembers(SALES_UNIT_ID, signal),
      ['Directory.Read.All'],
    ],
  ])('cannot be told without %s', async (permission, ask, others) => {
    for (const name of [permission, ...others]) world.tenant.permit(name, false);
    await expect(ask()).rejects.toMatchObject({ name: 'TenantReadError', code: 'forbidden', permission });
  });

  it('cannot be told of a unit that is gone, or of somebody who is', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(world.connected.access.unitMembers(nobody, signal)).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(world.connected.access.rolesOf(nobody, signal)).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('what Microsoft answers about roles and units', () => {
  const readFrom = async (rows: object[], read: 'rolesOf' | 'unitMembers') => {
    const service = await startLocalService(({ url }) => ({
      json: { value: url.includes('transitiveMemberOf') ? [] : rows },
    }));
    try {
      return await createAccessReader(aGraph(service.origin))[read]("o'neill", signal);
    } finally {
      await service.close();
    }
  };

  it('may be in upper case', async () => {
    const rows = [
      {
        roleDefinitionId: LICENSE_ADMINISTRATOR.toUpperCase(),
        directoryScopeId: `/administrativeUnits/${SALES_UNIT_ID.toUpperCase()}`,
      },
    ];
    expect(await readFrom(rows, 'rolesOf')).toEqual([
      { roleTemplateId: LICENSE_ADMINISTRATOR, unitId: SALES_UNIT_ID },
    ]);
  });

  it.each(['/0e0e0e0e-0000-4000-8000-000000000000', '/administrativeUnits/', '', null])(
    'may be a role over something else, which is none over licenses: %j',
    async (directoryScopeId) => {
      const rows = [{ roleDefinitionId: LICENSE_ADMINISTRATOR, directoryScopeId }];
      expect(await readFrom(rows, 'rolesOf')).toEqual([]);
    },
  );

  it.each<['rolesOf' | 'unitMembers', object]>([
    ['rolesOf', { directoryScopeId: '/' }],
    ['unitMembers', { id: 'a' }],
  ])('is not used at all when a row of %s cannot be read', async (read, row) => {
    await expect(readFrom([row], read)).rejects.toMatchObject({ code: 'invalid-row' });
  });

  it('may hold devices and groups beside the users of a unit', async () => {
    const rows = ['user', 'group', 'device'].map((type) => ({
      '@odata.type': `#microsoft.graph.${type}`,
      id: type.toUpperCase(),
    }));
    expect(await readFrom(rows, 'unitMembers')).toEqual(new Set(['user']));
  });
});
