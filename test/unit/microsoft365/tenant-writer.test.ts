import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteOutcome } from '../../../src/domain/ports.ts';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { INTERNATIONAL_CALLING, WITH_CALLING_PLANS } from '../../builders/calling-plans.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const MEETING = '0c266dff-15dd-4b49-8397-2bb16070ed52';
const NOT_OWNED = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const NOBODY = '00000000-0000-4000-8000-000000000000';
const MINUTE = 60_000;

const DONE: WriteOutcome = { ok: true, changed: true };
const ALREADY: WriteOutcome = { ok: true, changed: false };

let world: TenantUnderTest;
/** The object id of Rick, who may be deleted by the time that it is asked for. */
let rick: string;
beforeEach(async () => {
  world = await aConnectedTenant({ scenario: WITH_CALLING_PLANS });
  rick = world.user('rick');
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
    world.clock.advance(MINUTE);
    expect(skusOf('will.power')).toContain(E3);
    expect(await write(world.member('remove-from-group', 'will.power', 'LIC-E3'))).toEqual([DONE]);
    world.clock.advance(MINUTE);
    expect(skusOf('will.power')).not.toContain(E3);
    expect(world.tenant.user('will.power@contoso.com')).not.toBeNull();
  });

  it('gives a group a license, which its members get later', async () => {
    const groupId = world.group('Sales Benelux');
    const licenses = [{ skuId: VISIO, disabledPlans: [] }];
    expect(await write({ kind: 'license-group', groupId, licenses })).toEqual([DONE]);
    expect(skusOf('patrick.moran')).not.toContain(VISIO);
    world.clock.advance(MINUTE);
    expect(skusOf('patrick.moran')).toContain(VISIO);
    expect(await write({ kind: 'unlicense-group', groupId, skuIds: [VISIO] })).toEqual([DONE]);
    world.clock.advance(MINUTE);
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
    world.clock.advance(MINUTE);
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

describe('a refusal', () => {
  it.each<[code: string, what: string, prepare: () => void, action: () => StepAction]>([
    [
      'no-seats',
      'a product without free seats',
      () => world.tenant.act({ kind: 'set-seats', sku: 'VISIOCLIENT', seats: 0 }),
      () => world.assign('alexw', VISIO),
    ],
    ['usage-location', 'a user without a location', () => undefined, () => world.assign('svc-backup', VISIO)],
    [
      'conflict',
      'a product that excludes another',
      () => undefined,
      () => world.assign('alexw', INTERNATIONAL_CALLING),
    ],
    [
      'dependency',
      'an add-on without its product',
      () => undefined,
      () => world.assign('will.power', MEETING),
    ],
    [
      'not-owned',
      'a product that the tenant has not',
      () => undefined,
      () => world.assign('alexw', NOT_OWNED),
    ],
    [
      'not-found',
      'a user deleted in between',
      () => world.tenant.act({ kind: 'delete-user', users: ['rick@contoso.com'] }),
      () => ({ kind: 'assign', userId: rick, licenses: [{ skuId: VISIO, disabledPlans: [] }] }),
    ],
    [
      'not-found',
      'licenses to take from a user deleted in between',
      () => world.tenant.act({ kind: 'delete-user', users: ['rick@contoso.com'] }),
      () => ({ kind: 'unassign', userId: rick, skuIds: [STANDARD] }),
    ],
    [
      'not-found',
      'an account that is gone for good',
      () => undefined,
      () => ({ kind: 'restore-account', userId: NOBODY }),
    ],
    [
      'not-found',
      'a group that is gone',
      () => undefined,
      () => ({ kind: 'add-to-group', userId: world.user('alexw'), groupId: NOBODY }),
    ],
    [
      'group-locked',
      'a synced group',
      () => undefined,
      () => world.member('add-to-group', 'alexw', 'SG-OnPrem-Engineering'),
    ],
    [
      'group-locked',
      'a mail-enabled group',
      () => undefined,
      () => world.member('add-to-group', 'alexw', 'Company News'),
    ],
    [
      'group-locked',
      'a dynamic group',
      () => undefined,
      () => world.member('add-to-group', 'alexw', 'LIC-F3 Retail (dynamic)'),
    ],
    [
      'group-locked',
      'a dynamic group that refuses as for a missing permission',
      () => world.tenant.behave({ dynamicGroupRefusal: 'forbidden' }),
      () => world.member('add-to-group', 'alexw', 'LIC-F3 Retail (dynamic)'),
    ],
    [
      'refused',
      'a deleted account whose name somebody else has now',
      () => {
        world.tenant.act({ kind: 'delete-user', users: [rick] });
        const set = { userPrincipalName: 'rick@contoso.com' };
        world.tenant.act({ kind: 'update-user', user: 'alexw@contoso.com', set });
      },
      () => ({ kind: 'restore-account', userId: rick }),
    ],
    [
      'group-locked',
      'a role-assignable group',
      () => undefined,
      () => world.member('remove-from-group', 'anna.kowalska', 'License Admins (role)'),
    ],
  ])('is final and says what to do: %s for %s', async (code, _what, prepare, action) => {
    prepare();
    const [outcome] = await write(action());
    expect(outcome).toMatchObject({ ok: false, retryable: false, code });
    expect(outcome?.ok ? '' : outcome?.message).toMatch(/^[A-Z].+\.$/);
    expect(world.carriedOut()).toEqual([]);
  });

  it('is final for a license that a group gives', async () => {
    // Direct when it was looked at, and the group's alone when the write arrives.
    const action = world.unassign('alexw', STANDARD);
    const message =
      'User license is inherited from a group membership and it cannot be removed directly from the user.';
    const effect = { kind: 'status', status: 400, code: 'Request_BadRequest', message } as const;
    world.tenant.fault({ method: 'POST', path: '/assignLicense', effect });
    expect(await write(action)).toMatchObject([{ ok: false, retryable: false, code: 'inherited' }]);
  });

  it.each<[permissions: string[], named: string, action: () => StepAction]>([
    [
      ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All'],
      'LicenseAssignment.ReadWrite.All',
      () => world.assign('alexw', VISIO),
    ],
    [
      ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All'],
      'LicenseAssignment.ReadWrite.All',
      () => ({
        kind: 'license-group',
        groupId: world.group('Sales Benelux'),
        licenses: [{ skuId: VISIO, disabledPlans: [] }],
      }),
    ],
    [
      ['GroupMember.ReadWrite.All'],
      'GroupMember.ReadWrite.All',
      () => world.member('add-to-group', 'alexw', 'LIC-E3'),
    ],
    [
      ['User.DeleteRestore.All', 'User.ReadWrite.All'],
      'User.DeleteRestore.All',
      () => ({ kind: 'restore-account', userId: NOBODY }),
    ],
    [
      ['User.ReadWrite.All'],
      'User.ReadWrite.All',
      () => ({ kind: 'reprocess', userId: world.user('alexw') }),
    ],
  ])('names the permission that is missing: without %j it is %s', async (permissions, named, action) => {
    for (const permission of permissions) world.tenant.permit(permission, false);
    const [outcome] = await write(action());
    expect(outcome).toMatchObject({ ok: false, retryable: false, code: 'forbidden' });
    expect(outcome?.ok ? '' : outcome?.message).toContain(`permission ${named} with admin consent`);
  });

  it('stands alone: the other actions of the batch are carried out', async () => {
    world.tenant.act({ kind: 'set-seats', sku: 'VISIOCLIENT', seats: 4 });
    const outcomes = await write(
      world.assign('alexw', VISIO),
      world.assign('jonis', VISIO),
      world.member('add-to-group', 'jonis', 'LIC-E3'),
      world.member('add-to-group', 'will.power', 'LIC-E3'),
      world.member('add-to-group', 'alexw', 'Company News'),
    );
    expect(outcomes).toMatchObject([
      DONE,
      { ok: false, retryable: false, code: 'no-seats' },
      ALREADY,
      DONE,
      { ok: false, retryable: false, code: 'group-locked' },
    ]);
    expect(skusOf('alexw')).toContain(VISIO);
  });
});
