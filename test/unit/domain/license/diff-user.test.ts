import { describe, expect, it } from 'vitest';
import { diffUser } from '../../../../src/domain/license/diff-user.ts';
import type { Assignment } from '../../../../src/domain/license/user-state.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const GROUP_A = 'aaaaaaaa-0000-4000-8000-000000000001';
const GROUP_B = 'bbbbbbbb-0000-4000-8000-000000000001';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';

const context = { skusBefore: new Map(), skusAfter: new Map(), wasRemoved: () => false };

const changesBetween = (before: Assignment[], after: Assignment[]) =>
  diffUser(
    { before: aUserState({ assignments: before }), after: aUserState({ assignments: after }) },
    context,
  ).map(({ kind, skuId, newSkuId, path }) => ({ kind, skuId, newSkuId, path }));

const direct = anAssignment();
const byGroup = anAssignment({ path: GROUP_A });
const failed = anAssignment({ path: GROUP_A, state: 'Error', error: 'CountViolation' });

describe('one SKU of one user between two reads', () => {
  it.each<{
    name: string;
    before: Assignment[];
    after: Assignment[];
    kind: string | null;
    path?: string | null;
  }>([
    { name: 'nothing changed', before: [direct], after: [direct], kind: null },
    { name: 'the only path went', before: [direct], after: [], kind: 'lost', path: 'direct' },
    { name: 'the group path went', before: [byGroup], after: [], kind: 'lost', path: GROUP_A },
    { name: 'both paths went', before: [direct, byGroup], after: [], kind: 'lost', path: null },
    {
      name: 'the group path turned into an error',
      before: [byGroup],
      after: [failed],
      kind: 'lost',
      path: GROUP_A,
    },
    {
      name: 'the direct path was switched off',
      before: [direct],
      after: [anAssignment({ state: 'Disabled' })],
      kind: 'lost',
      path: 'direct',
    },
    {
      name: 'one of two paths went',
      before: [direct, byGroup],
      after: [direct],
      kind: 'path-changed',
      path: GROUP_A,
    },
    {
      name: 'a second path came',
      before: [direct],
      after: [direct, byGroup],
      kind: 'path-changed',
      path: GROUP_A,
    },
    {
      name: 'the group path became direct',
      before: [byGroup],
      after: [direct],
      kind: 'path-changed',
      path: null,
    },
    { name: 'a first path came', before: [], after: [byGroup], kind: 'gained', path: GROUP_A },
    { name: 'an error healed', before: [failed], after: [byGroup], kind: 'gained', path: GROUP_A },
    { name: 'a new path failed', before: [], after: [failed], kind: 'never-granted', path: GROUP_A },
    { name: 'the same path failed before', before: [failed], after: [failed], kind: null },
    {
      name: 'the same path failed for another reason',
      before: [failed],
      after: [{ ...failed, error: 'Other' }],
      kind: null,
    },
    {
      name: 'a new path failed beside one that gives',
      before: [direct],
      after: [direct, failed],
      kind: null,
    },
    {
      name: 'a failed removal leaves the license',
      before: [byGroup],
      after: [anAssignment({ path: GROUP_A, state: 'ActiveWithError', error: 'DependencyViolation' })],
      kind: null,
    },
    {
      name: 'a plan was switched off',
      before: [direct],
      after: [anAssignment({ disabledPlans: [TEAMS] })],
      kind: 'plans-changed',
      path: 'direct',
    },
    {
      name: 'plans changed on two paths',
      before: [direct, byGroup],
      after: [direct, byGroup].map((assignment) => ({ ...assignment, disabledPlans: [TEAMS] })),
      kind: 'plans-changed',
      path: null,
    },
    {
      name: 'the group changed',
      before: [byGroup],
      after: [anAssignment({ path: GROUP_B })],
      kind: 'path-changed',
      path: null,
    },
  ])('$name → $kind', ({ before, after, kind, path }) => {
    const expected = kind === null ? [] : [{ kind, skuId: E3, newSkuId: null, path }];
    expect(changesBetween(before, after)).toEqual(expected);
  });
});

describe('several SKUs of one user', () => {
  it('E3 to E5 is one swap', () => {
    expect(changesBetween([direct], [anAssignment({ skuId: E5 })])).toEqual([
      { kind: 'swap', skuId: E3, newSkuId: E5, path: 'direct' },
    ]);
  });

  it('a swap from a group to a direct assignment names no single path', () => {
    expect(changesBetween([byGroup], [anAssignment({ skuId: E5 })])).toEqual([
      { kind: 'swap', skuId: E3, newSkuId: E5, path: null },
    ]);
  });

  it('products that share no plans are a loss and a gain', () => {
    expect(changesBetween([anAssignment({ skuId: VISIO })], [direct]).map(({ kind }) => kind)).toEqual([
      'gained',
      'lost',
    ]);
  });

  it('the plans that the tenant reports win over the shipped table', () => {
    const live = new Map([
      [VISIO, aSkuState({ skuId: VISIO, planIds: ['p1', 'p2', 'p3'] })],
      [E3, aSkuState({ planIds: ['p1', 'p2', 'p9', 'p10'] })],
    ]);
    const [change] = diffUser(
      {
        before: aUserState({ assignments: [anAssignment({ skuId: VISIO })] }),
        after: aUserState({ assignments: [direct] }),
      },
      { ...context, skusAfter: live },
    );
    expect(change?.kind).toBe('swap');
  });
});

describe('accounts that come and go', () => {
  const licensed = aUserState({ assignments: [direct, anAssignment({ skuId: VISIO })] });

  it('a removed account is one change that keeps all of its licenses', () => {
    const changes = diffUser({ before: licensed, after: null }, context);
    expect(changes).toMatchObject([{ kind: 'account-removed', skuId: null, before: licensed.assignments }]);
  });

  it('a removed account that had no license is no change', () => {
    expect(diffUser({ before: aUserState(), after: null }, context)).toEqual([]);
  });

  it('an account that comes back is restored, not new', () => {
    const changes = diffUser({ before: null, after: licensed }, { ...context, wasRemoved: () => true });
    expect(changes).toMatchObject([{ kind: 'account-restored', skuId: null, after: licensed.assignments }]);
  });

  it('a user never seen before gains each license', () => {
    const changes = diffUser({ before: null, after: licensed }, context);
    expect(changes.map(({ kind, skuId }) => [kind, skuId])).toEqual([
      ['gained', E3],
      ['gained', VISIO],
    ]);
  });

  it('names are kept as they were before the change', () => {
    const renamed = { ...licensed, displayName: 'Nora Berg', usageLocation: 'SE', assignments: [] };
    const [change] = diffUser({ before: licensed, after: renamed }, context);
    expect(change?.user).toMatchObject({
      displayName: 'Nora Lindqvist',
      usageLocationBefore: 'NL',
      usageLocationAfter: 'SE',
    });
  });
});
