import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const NOBODY = '00000000-0000-4000-8000-000000000000';

let world: TenantUnderTest;
beforeEach(async () => {
  world = await aConnectedTenant();
});
afterEach(() => world.close());

const standing = (...actions: StepAction[]) => world.connected.writer.alreadyApplied(actions);

describe('whether an action stands', () => {
  it('is read from licenses by their own path', async () => {
    expect(
      await standing(
        world.assign('leeg', VISIO),
        world.assign('leeg', VISIO, [SWAY]),
        world.assign('jonis', E3),
        world.unassign('leeg', VISIO),
        world.unassign('jonis', E3),
      ),
    ).toEqual([true, false, false, false, true]);
  });

  it('is read from direct members, listing each group once', async () => {
    world.tenant.clearRequests();
    expect(
      await standing(
        world.member('add-to-group', 'patrick.moran', 'All Sales'),
        world.member('add-to-group', 'isaiahl', 'All Sales'),
        world.member('remove-from-group', 'patrick.moran', 'All Sales'),
        world.member('remove-from-group', 'isaiahl', 'All Sales'),
      ),
    ).toEqual([false, true, true, false]);
    expect(world.tenant.requests().routes['GET /v1.0/groups/:id/members']).toBe(1);
  });

  it('is read from what a group gives, and from accounts', async () => {
    const e3 = world.group('LIC-E3');
    const licenses = [{ skuId: E3, disabledPlans: [] }];
    expect(
      await standing(
        { kind: 'license-group', groupId: e3, licenses },
        { kind: 'unlicense-group', groupId: e3, skuIds: [E3] },
        { kind: 'restore-account', userId: world.user('leeg') },
        { kind: 'restore-account', userId: NOBODY },
        { kind: 'add-to-group', userId: world.user('leeg'), groupId: NOBODY },
        { kind: 'remove-from-group', userId: world.user('leeg'), groupId: NOBODY },
      ),
    ).toEqual([true, false, true, false, false, true]);
  });

  it('is never so of processing again', async () => {
    expect(await standing({ kind: 'reprocess', userId: world.user('leeg') })).toEqual([false]);
  });

  it('writes nothing, and fails as a read does', async () => {
    await standing(world.assign('alexw', VISIO), world.member('add-to-group', 'alexw', 'LIC-E3'));
    expect(world.tenant.writes()).toEqual([]);
    for (const permission of ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All']) {
      world.tenant.permit(permission, false);
    }
    await expect(standing(world.assign('alexw', VISIO))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
