import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteOutcome } from '../../../src/domain/ports.ts';
import type { StepAction } from '../../../src/domain/restore/step.ts';
import { INTERNATIONAL_CALLING, WITH_CALLING_PLANS } from '../../builders/simulator/calling-plans.ts';
import { aConnectedTenant, type TenantUnderTest } from './a-connected-tenant.ts';

const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const MEETING = '0c266dff-15dd-4b49-8397-2bb16070ed52';
const NOT_OWNED = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const NOBODY = '00000000-0000-4000-8000-000000000000';

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
