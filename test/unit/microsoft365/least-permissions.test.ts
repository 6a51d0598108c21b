import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import permissions from '../../../scripts/permissions.json' with { type: 'json' };
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { SALES_UNIT_ID, UNIT_OPERATORS_GROUP_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { ALL_PERMISSIONS } from '../../../src/simulator/sign-in/registration.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';
import { signal } from './a-graph.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const GRANTED = new Set(permissions.flatMap((api) => api.permissions));

describe('with only what the script grants', () => {
  let world: TenantUnderTest;
  beforeEach(async () => {
    world = await aConnectedTenant();
    for (const permission of ALL_PERMISSIONS) world.tenant.permit(permission, GRANTED.has(permission));
  });
  afterEach(() => world.close());

  it('every kind of read is allowed', async () => {
    const checks = await world.connected.checkAccess(signal);
    expect(checks.length).toBeGreaterThan(8);
    expect(checks.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  it('everybody can be placed: by group, by role, by unit', async () => {
    const { access } = world.connected;
    const groups = [UNIT_OPERATORS_GROUP_ID];
    expect(await access.groupsOf(world.user('isaiahl'), groups, signal)).toEqual(new Set(groups));
    expect(await access.fewMembers(UNIT_OPERATORS_GROUP_ID, signal)).toEqual(
      new Set([world.user('isaiahl')]),
    );
    expect(await access.kindOf(world.user('isaiahl'), signal)).toBe('member');
    expect(await access.rolesOf(world.user('anna.kowalska'), signal)).toHaveLength(1);
    expect((await access.unitMembers(SALES_UNIT_ID, signal)).size).toBe(4);
  });

  it('every write is allowed but processing again', async () => {
    const leaver = world.user('rick');
    world.tenant.act({ kind: 'delete-user', users: [leaver] });
    const groupId = world.group('Sales Benelux');
    const actions: StepAction[] = [
      { kind: 'restore-account', userId: leaver },
      world.assign('alexw', VISIO),
      world.unassign('leeg', VISIO),
      world.member('add-to-group', 'will.power', 'LIC-E3'),
      world.member('remove-from-group', 'jonis', 'LIC-E3'),
      { kind: 'license-group', groupId, licenses: [{ skuId: VISIO, disabledPlans: [] }] },
      { kind: 'reprocess', userId: world.user('alexw') },
    ];
    const outcomes = await world.connected.writer.write(actions);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(6);
    expect(outcomes.at(-1)).toMatchObject({ ok: false, code: 'forbidden' });
  });
});
