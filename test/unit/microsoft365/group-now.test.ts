import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import permissions from '../../../scripts/permissions.json' with { type: 'json' };
import { ALL_PERMISSIONS } from '../../../src/simulator/sign-in/registration.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

let world: TenantUnderTest;
beforeEach(async () => {
  world = await aConnectedTenant();
});
afterEach(() => world.close());

const groupNow = (name: string) => world.connected.reader.groupNow(world.group(name), signal);
const named = async (...names: string[]) =>
  (await world.connected.reader.groupsNamed(names, signal)).map(({ displayName }) => displayName);

describe('a group as it is now', () => {
  it('has the users who are in it directly, and counts the groups in it', async () => {
    const sales = await groupNow('All Sales');
    expect(sales).toMatchObject({
      group: { displayName: 'All Sales', assignedLicenses: [], securityEnabled: true },
      nested: 1,
    });
    expect(sales?.userIds).toContain(world.user('isaiahl'));
    // Only in the group that is in it.
    expect(sales?.userIds).not.toContain(world.user('patrick.moran'));
  });

  it('says what gives licenses now, and who came a moment ago', async () => {
    await world.connected.writer.write([world.member('add-to-group', 'will.power', 'LIC-E3')]);
    const group = await groupNow('LIC-E3');
    expect(group?.group.assignedLicenses).toEqual([{ skuId: E3, disabledPlans: [] }]);
    expect(group?.userIds).toContain(world.user('will.power'));
  });

  it('is null where there is no such group', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await world.connected.reader.groupNow(id, signal)).toBeNull();
  });

  it('is no security group where it is a distribution list', async () => {
    expect((await groupNow('Company News'))?.group).toMatchObject({
      mailEnabled: true,
      securityEnabled: false,
    });
  });
});

describe('groups by name', () => {
  it('are found in any letter case, several at once, whether they give licenses or not', async () => {
    expect((await named('all sales', 'LIC-E3', 'Nowhere')).sort()).toEqual(['All Sales', 'LIC-E3']);
  });

  it.each(["O'Brien's", "x' or displayName ne '", '', 'a'.repeat(200)])(
    'are not found by what is no name of theirs: %s',
    async (name) => {
      expect(await named(name)).toEqual([]);
    },
  );
});

describe('a license for a group', () => {
  const give = (name: string) =>
    world.connected.writer.write([
      {
        kind: 'license-group',
        groupId: world.group(name),
        licenses: [{ skuId: VISIO, disabledPlans: [] }],
      },
    ]);

  it.each(['LIC-F3 Retail (dynamic)', 'SG-OnPrem-Engineering', 'Sales Benelux'])(
    'is taken for any security group, whoever decides about its members: %s',
    async (name) => {
      expect(await give(name)).toEqual([{ ok: true, changed: true }]);
    },
  );

  it('is refused for a distribution list, with what to do instead', async () => {
    expect(await give('Company News')).toMatchObject([
      {
        ok: false,
        retryable: false,
        code: 'group-locked',
        message: expect.stringMatching(/security groups only/),
      },
    ]);
  });

  it('that is not consented is said', async () => {
    const granted = new Set(permissions.flatMap((api) => api.permissions));
    granted.delete('LicenseAssignment.ReadWrite.All');
    for (const permission of ALL_PERMISSIONS) world.tenant.permit(permission, granted.has(permission));
    expect(await give('Sales Benelux')).toMatchObject([
      { ok: false, code: 'forbidden', message: expect.stringContaining('LicenseAssignment.ReadWrite.All') },
    ]);
  });
});
