import { describe, expect, it } from 'vitest';
import type { TenantState } from '../../../../src/domain/license/sku.ts';
import {
  type AccountTrait,
  type LicensePath,
  takesInUser,
  type UserFilter,
} from '../../../../src/domain/license/user-filter.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import { allUsers, aScanCommit, scanFinds, userNo, usersNo } from '../scans/scanning.ts';
import type { Subject } from '../store-under-test.ts';

export function usersContract(subject: Subject): void {
  describe('users', () => {
    it('are found by id, removed ones too, and unknown ids are left out', async () => {
      const { store } = subject;
      await scanFinds(store, [userNo(1), userNo(2)], { record: aScanRecord({ id: 'a', finishedAt: 1_000 }) });
      await scanFinds(store, [userNo(2)], { record: aScanRecord({ id: 'b', finishedAt: 2_000 }) });
      expect(await store.users.byIds([userNo(2).id, userNo(1).id, 'unknown'])).toEqual([
        { state: userNo(1), firstSeenAt: 1_000, removedAt: 2_000, formerNames: [] },
        { state: userNo(2), firstSeenAt: 1_000, removedAt: null, formerNames: [] },
      ]);
      expect(await store.users.byIds([])).toEqual([]);
    });

    it('keep the names that they had', async () => {
      const { store } = subject;
      const maiden = userNo(1, { displayName: 'Nora Berg', userPrincipalName: 'nora.berg@fabrikam.example' });
      const married = {
        ...maiden,
        displayName: 'Nora Lind',
        userPrincipalName: 'nora.lind@fabrikam.example',
      };
      await scanFinds(store, [maiden, userNo(2)]);
      await scanFinds(store, [{ ...maiden, department: 'Sales' }, userNo(2)]);
      expect((await store.users.byIds([maiden.id]))[0]?.formerNames).toEqual([]);
      await scanFinds(store, [married, userNo(2)]);
      expect((await store.users.byIds([maiden.id]))[0]?.formerNames.sort()).toEqual([
        'Nora Berg',
        'nora.berg@fabrikam.example',
      ]);
      await scanFinds(store, [maiden, userNo(2)]);
      const users = await allUsers(store);
      expect(users[0]?.formerNames.sort()).toEqual(['Nora Lind', 'nora.lind@fabrikam.example']);
      expect(users[1]?.formerNames).toEqual([]);
    });

    it('come in chunks that together are all', async () => {
      await scanFinds(subject.store, usersNo(1, 2_100));
      const users = await allUsers(subject.store);
      expect(users.map((user) => user.state.id)).toEqual(usersNo(1, 2_100).map((user) => user.id));
    });

    it('are counted as present and licensed after every kind of scan', async () => {
      const { store } = subject;
      const licensed = (no: number) => userNo(no, { assignments: [anAssignment()] });
      const inError = userNo(3, { assignments: [anAssignment({ state: 'Error', error: 'CountViolation' })] });
      expect(await store.users.count()).toEqual({ present: 0, licensed: 0 });
      await scanFinds(store, [licensed(1), licensed(2), inError]);
      expect(await store.users.count()).toEqual({ present: 3, licensed: 2 });
      const delta = await store.scans.begin('delta');
      await delta.stage([userNo(1), licensed(4)]);
      await delta.stageGone([userNo(2).id]);
      await delta.commit(aScanCommit());
      expect(await store.users.count()).toEqual({ present: 3, licensed: 1 });
      await scanFinds(store, [licensed(2)]);
      expect(await store.users.count()).toEqual({ present: 1, licensed: 1 });
    });
  });

  describe('a search for users', () => {
    const [A, B] = ['05e9a617-0261-4cee-bb44-138d3ef5d965', 'c5928f49-12ba-48f7-ada3-0d743a3601d5'] as const;
    const both = [anAssignment({ skuId: A }), anAssignment({ skuId: B, path: 'group-1' })];
    const broken = anAssignment({ skuId: B, state: 'Error', error: 'CountViolation' });
    const all = [
      userNo(1, { displayName: 'Zoë', assignments: [anAssignment({ skuId: A })] }),
      userNo(2, { displayName: 'adele', assignments: both }),
      userNo(3, { assignments: [anAssignment({ skuId: A }), anAssignment({ skuId: A, path: 'group-1' })] }),
      userNo(4, { userType: 'guest', assignments: [anAssignment({ skuId: B })] }),
      userNo(5, { userType: 'Guest', displayName: '"Guest", "Error"' }),
      userNo(6, { assignments: [broken] }),
      userNo(7, { userType: null, assignments: [anAssignment({ skuId: A, state: 'ActiveWithError' })] }),
      userNo(8, { assignments: [anAssignment({ skuId: A, state: 'Disabled' })] }),
      userNo(10, { accountEnabled: false, assignments: [anAssignment({ skuId: A, path: 'group-1' })] }),
      userNo(11, {
        userPrincipalName: 'lee_fabrikam.example#EXT#@contoso.example',
        userType: 'Member',
        assignments: [anAssignment({ skuId: B }), anAssignment({ skuId: A, path: 'group-1' })],
      }),
      userNo(12, { userType: 'Guest', accountEnabled: false }),
      userNo(13, { accountEnabled: null, assignments: [] }),
    ];
    const KINDS: readonly UserFilter['kind'][] = [
      'holders',
      'of-several',
      'twice',
      'guests',
      'in-error',
      'lacking',
      'assigned',
      'everybody',
    ];
    const TRAITS: readonly (readonly AccountTrait[])[] = [
      ['guest'],
      ['external'],
      ['external', 'member'],
      ['disabled'],
      ['enabled', 'member'],
      ['guest', 'disabled'],
    ];
    const PATHS: readonly LicensePath[] = ['group', 'only-group', 'direct', 'only-direct'];
    const FILTERS: readonly UserFilter[] = [
      ...KINDS.flatMap((kind) => [[], [A], [B], [A, B]].map((skuIds) => ({ kind, skuIds }))),
      ...TRAITS.flatMap((accounts) => [
        { kind: 'lacking' as const, skuIds: [], accounts },
        { kind: 'holders' as const, skuIds: [], accounts },
        { kind: 'everybody' as const, skuIds: [], accounts },
      ]),
      { kind: 'everybody', skuIds: [], groupIds: ['group-1'] },
      { kind: 'assigned', skuIds: [A], groupIds: ['group-1', 'group-2'] },
      { kind: 'everybody', skuIds: [], groupIds: ['group-9'] },
      ...PATHS.flatMap((path) =>
        [[], [A], [A, B]].map((skuIds) => ({ kind: 'holders' as const, skuIds, path })),
      ),
    ];

    it.each(FILTERS)(
      'finds those whom the domain takes in: $kind $skuIds $accounts $path',
      async (filter) => {
        await scanFinds(subject.store, [...all, userNo(9, { assignments: both })]);
        await scanFinds(subject.store, all);
        const { total, users } = await subject.store.users.find(filter, { skip: 0, take: 100 });
        const wanted = all.filter((user) => takesInUser(filter, user)).map(({ id }) => id);
        expect(users.map(({ state }) => state.id).sort()).toEqual(wanted.sort());
        expect(total).toBe(wanted.length);
      },
    );

    it('counts the members of each group, and those in error', async () => {
      const byGroup = anAssignment({ skuId: B, path: 'group-2', state: 'Error', error: 'CountViolation' });
      await scanFinds(subject.store, [
        ...all,
        userNo(20, { assignments: [byGroup] }),
        userNo(21, { assignments: [byGroup] }),
      ]);
      await scanFinds(subject.store, [...all, userNo(20, { assignments: [byGroup] })]);
      const counts = (await subject.store.users.groupCounts()).toSorted((a, b) =>
        a.groupId < b.groupId ? -1 : 1,
      );
      expect(counts).toEqual([
        { groupId: 'group-1', members: 4, inError: 0 },
        { groupId: 'group-2', members: 1, inError: 1 },
      ]);
    });

    it('tells them by name, a part at a time', async () => {
      await scanFinds(subject.store, all.slice(0, 8));
      const filter: UserFilter = { kind: 'holders', skuIds: [A] };
      const { total, users } = await subject.store.users.find(filter, { skip: 0, take: 3 });
      expect(total).toBe(4);
      expect(users.map(({ state }) => state.displayName)).toEqual(['adele', 'Person 3', 'Person 7']);
      const rest = await subject.store.users.find(filter, { skip: 3, take: 3 });
      expect(rest.users.map(({ state }) => state.displayName)).toEqual(['Zoë']);
      expect(await subject.store.users.find(filter, { skip: 9, take: 3 })).toEqual({ total: 4, users: [] });
    });

    it('counts a list too long to sort, and tells it in the order of the tenant', async () => {
      const many = usersNo(1, 10_050).map((user) => ({ ...user, assignments: [anAssignment({ skuId: A })] }));
      await scanFinds(subject.store, many);
      const found = await subject.store.users.find(
        { kind: 'holders', skuIds: [A] },
        { skip: 10_000, take: 2 },
      );
      expect(found.total).toBe(10_050);
      expect(found.users.map(({ state }) => state.id)).toEqual([many[10_000]?.id, many[10_001]?.id]);
    });
  });

  describe("the tenant's state", () => {
    const tenant: TenantState = {
      skus: [aSkuState()],
      subscriptions: [
        {
          id: 'subscription-1',
          commerceSubscriptionId: null,
          skuId: aSkuState().skuId,
          partNumber: 'SPE_E3',
          status: 'Enabled',
          totalLicenses: 10,
          isTrial: false,
          nextLifecycleAt: Date.parse('2027-01-01T00:00:00Z'),
          ownerTenantId: null,
        },
      ],
      groups: [
        {
          id: 'group-1',
          displayName: 'LIC-E3',
          membershipRule: null,
          dynamic: false,
          onPremisesSyncEnabled: null,
          mailEnabled: false,
          roleAssignable: false,
          assignedLicenses: [{ skuId: aSkuState().skuId, disabledPlans: ['plan-1'] }],
        },
      ],
    };

    it('is empty before the first read', async () => {
      expect(await subject.store.users.tenant()).toEqual({ skus: [], subscriptions: [], groups: [] });
      expect(await subject.store.users.tenantReadAt()).toBeNull();
    });

    it('stays as it was last read when a scan does not read it', async () => {
      const record = aScanRecord({ id: 'with-tenant', startedAt: 5_000 });
      await scanFinds(subject.store, [], { record, tenant });
      await scanFinds(subject.store, [], { tenant: null });
      expect(await subject.store.users.tenant()).toEqual(tenant);
      expect(await subject.store.users.tenantReadAt()).toBe(5_000);
    });
  });
}
