import { describe, expect, it } from 'vitest';
import type { LicensedGroup, SkuState } from '../../../../src/domain/license/sku.ts';
import type { UserState } from '../../../../src/domain/license/user-state.ts';
import { planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = aSkuState().skuId;
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const GROUP = aLicensedGroup({ id: 'lic-e3', displayName: 'LIC-E3' });
const SKUS = [
  aSkuState({ planIds: [SWAY, 'only-e3'] }),
  aSkuState({ skuId: E5, partNumber: 'SPE_E5', planIds: [SWAY, 'only-e5'] }),
];

const nora = (over: Partial<UserState> = {}) =>
  aUserState({ id: 'nora', displayName: 'Nora Lindqvist', assignments: [anAssignment()], ...over });
const plan = (
  people: UserState[],
  {
    skus = SKUS,
    groups = [] as LicensedGroup[],
    running = false,
  }: { skus?: SkuState[]; groups?: LicensedGroup[]; running?: boolean } = {},
) =>
  planOnRequest(
    { kind: 'swap', userIds: people.map(({ id }) => id), skuIds: [E3, E5] },
    {
      ...requestFacts({
        users: people.map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
        tenant: { skus, subscriptions: [], groups },
        openSteps: [],
        now: 0,
      }),
      ...(running ? { running: new Set(['nora']) } : {}),
    },
  );

describe('swapping a product for another', () => {
  it('is one call, which carries over what is off where both have it, and whose undo swaps back exactly', () => {
    const { steps, view } = plan([
      nora({ assignments: [anAssignment({ disabledPlans: [SWAY, 'only-e3'] })] }),
    ]);
    expect(steps).toEqual([
      {
        action: {
          kind: 'swap',
          userId: 'nora',
          licenses: [{ skuId: E5, disabledPlans: [SWAY] }],
          skuIds: [E3],
        },
        undo: {
          kind: 'swap',
          userId: 'nora',
          licenses: [{ skuId: E3, disabledPlans: [SWAY, 'only-e3'] }],
          skuIds: [E5],
        },
        userIds: ['nora'],
      },
    ]);
    expect(view).toMatchObject({
      sentence: 'Nora Lindqvist moves from Microsoft 365 E3 to Microsoft 365 E5, without Sway.',
      ready: 1,
      blocked: 0,
    });
  });

  it.each([
    [
      'a product of a group',
      nora({ assignments: [anAssignment({ path: GROUP.id })] }),
      { groups: [GROUP] },
      /Microsoft 365 E3 comes from the group LIC-E3, so it cannot be swapped for one person\. Take the user out/,
    ],
    [
      'a product that comes both ways',
      nora({ assignments: [anAssignment(), anAssignment({ path: GROUP.id })] }),
      { groups: [GROUP] },
      /comes from the group LIC-E3/,
    ],
    [
      'a product that is not there',
      nora({ assignments: [] }),
      {},
      /no license of Microsoft 365 E3 to swap\. Assign Microsoft 365 E5/,
    ],
    [
      'one that is there already',
      nora({ assignments: [anAssignment(), anAssignment({ skuId: E5 })] }),
      {},
      /Microsoft 365 E5 is there already\. Remove Microsoft 365 E3 instead\./,
    ],
    [
      'no free seat',
      nora(),
      { skus: [SKUS[0], { ...SKUS[1], enabled: 8 }] as SkuState[] },
      /No seat of Microsoft 365 E5 is free/,
    ],
    ['no usage location', nora({ usageLocation: null }), {}, /No usage location is set/],
    ['something under way', nora(), { running: true }, /still being carried out/],
  ])('is refused with the reason for %s', (_what, user, over, reason) => {
    const { steps, view } = plan([user], over);
    expect(steps).toEqual([]);
    expect(view.sentence).toMatch(/^Nora Lindqvist stays as is: /);
    expect(view.sentence).toMatch(reason);
  });

  it('gives the last seat to one of two, and says so of the other', () => {
    const skus = [SKUS[0], { ...SKUS[1], enabled: 9 }] as SkuState[];
    const { steps, view } = plan(
      [nora(), aUserState({ id: 'lee', displayName: 'Lee Gu', assignments: [anAssignment()] })],
      { skus },
    );
    expect(steps).toHaveLength(1);
    expect(view).toMatchObject({ ready: 1, blocked: 1 });
  });
});
