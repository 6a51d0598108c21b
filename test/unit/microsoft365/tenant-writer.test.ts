import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import type { WriteOutcome } from '../../../src/domain/ports.ts';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { WITH_CALLING_PLANS } from '../../builders/simulator/calling-plans.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const MEETING = '0c266dff-15dd-4b49-8397-2bb16070ed52';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';

const DONE: WriteOutcome = { ok: true, changed: true };
const ALREADY: WriteOutcome = { ok: true, changed: false };

let world: TenantUnderTest;

beforeEach(async () => {
  world = await aConnectedTenant({ scenario: WITH_CALLING_PLANS });
});
afterEach(() => world.close());

const write = (...actions: StepAction[]) => world.connected.writer.write(actions);
const skusOf = (name: string) =>
  world.tenant.user(`${name}@contoso.com`)?.licenses.map(({ skuId }) => skuId) ?? [];
const batches = () => world.tenant.requests().routes['POST /v1.0/$batch'] ?? 0;

describe('what a write does', () => {
  it('assigns with the same plans switched off', async () => {
    expect(await write(world.assign('jonis', VISIO), world.assign('will.power', STANDARD, [SWAY]))).toEqual([
      DONE,
      DONE,
    ]);
    expect(skusOf('jonis')).toContain(VISIO);
    expect(world.tenant.user('will.power@contoso.com')?.licenses).toContainEqual({
      skuId: STANDARD,
      disabledPlans: [SWAY],
    });
  });

  it('sends all products of a user in one call, so that an add-on finds what it needs', async () => {
    const userId = world.user('will.power');
    const licenses = [MEETING, STANDARD].map((skuId) => ({ skuId, disabledPlans: [] }));
    expect(await write({ kind: 'assign', userId, licenses })).toEqual([DONE]);
    expect(world.carriedOut()).toEqual([`POST /users/${userId}/assignlicense`]);
  });

  it('takes licenses away', async () => {
    expect(await write(world.unassign('leeg', VISIO))).toEqual([DONE]);
    expect(skusOf('leeg')).toEqual([STANDARD]);
  });

  it('adds to a group and removes from it, and never touches the account', async () => {
    expect(await write(world.member('add-to-group', 'will.power', 'LIC-E3'))).toEqual([DONE]);
    world.clock.advance(MINUTE_MS);
    expect(skusOf('will.power')).toContain(E3);
    expect(await write(world.member('remove-from-group', 'will.power', 'LIC-E3'))).toEqual([DONE]);
    world.clock.advance(MINUTE_MS);
    expect(skusOf('will.power')).not.toContain(E3);
    expect(world.tenant.user('will.power@contoso.com')).not.toBeNull();
  });

  it('gives a group a license, which its members get later', async () => {
    const groupId = world.group('Sales Benelux');
    const licenses = [{ skuId: VISIO, disabledPlans: [] }];
    expect(await write({ kind: 'license-group', groupId, licenses })).toEqual([DONE]);
    expect(skusOf('patrick.moran')).not.toContain(VISIO);
    world.clock.advance(MINUTE_MS);
    expect(skusOf('patrick.moran')).toContain(VISIO);
    expect(await write({ kind: 'unlicense-group', groupId, skuIds: [VISIO] })).toEqual([DONE]);
    world.clock.advance(MINUTE_MS);
    expect(skusOf('patrick.moran')).not.toContain(VISIO);
  });

  it('restores a deleted account, with its licenses while seats are free', async () => {
    const userId = world.user('leeg');
    world.tenant.act({ kind: 'delete-user', users: ['leeg@contoso.com'] });
    world.tenant.act({ kind: 'set-seats', sku: 'VISIOCLIENT', seats: 0 });
    expect(await write({ kind: 'restore-account', userId })).toEqual([DONE]);
    expect(skusOf('leeg')).toEqual([STANDARD]);
  });

  it('processes the licenses of a user again', async () => {
    world.tenant.act({ kind: 'set-seats', sku: 'SPE_E3', seats: 0 });
    await write(world.member('add-to-group', 'will.power', 'LIC-E3'));
    world.clock.advance(MINUTE_MS);
    expect(skusOf('will.power')).not.toContain(E3);
    world.tenant.act({ kind: 'set-seats', sku: 'SPE_E3', seats: 50 });
    expect(await write({ kind: 'reprocess', userId: world.user('will.power') })).toEqual([DONE]);
    expect(skusOf('will.power')).toContain(E3);
  });

  it('sends twenty actions in one batch, and refuses more', async () => {
    const people = ['jonis', 'miriamg', 'gradya', 'lidiah', 'chrisg'];
    const actions = people.map((name) => world.member('add-to-group', name, 'Sales Benelux'));
    const twenty = Array.from({ length: 4 }, () => actions).flat();
    expect((await write(...twenty)).filter((outcome) => outcome.ok && outcome.changed)).toHaveLength(5);
    expect(batches()).toBe(1);
    await expect(write(...twenty, ...actions)).rejects.toThrow('takes 20 writes');
  });
});

describe('what is so already', () => {
  it.each<[string, () => StepAction]>([
    ['a license that is there with the same plans', () => world.assign('leeg', VISIO)],
    ['a license that is gone', () => world.unassign('alexw', VISIO)],
    ['a member', () => world.member('add-to-group', 'jonis', 'LIC-E3')],
    ['somebody who is no member', () => world.member('remove-from-group', 'alexw', 'LIC-E3')],
    ['an account that is there', () => ({ kind: 'restore-account', userId: world.user('leeg') })],
    [
      'a group with the license',
      () => ({
        kind: 'license-group',
        groupId: world.group('LIC-E3'),
        licenses: [{ skuId: E3, disabledPlans: [] }],
      }),
    ],
    [
      'a group without the license',
      () => ({ kind: 'unlicense-group', groupId: world.group('LIC-E3'), skuIds: [VISIO] }),
    ],
  ])('is success without a change: %s', async (_what, action) => {
    expect(await write(action())).toEqual([ALREADY]);
    expect(world.carriedOut()).toEqual([]);
  });

  it('does not hold up the products that are left to take away', async () => {
    expect(await write(world.unassign('alexw', VISIO, STANDARD))).toEqual([DONE]);
    expect(skusOf('alexw')).not.toContain(STANDARD);
  });
});
