import { describe, expect, it } from 'vitest';
import { planDigest, planRestore, readyUsers, stepsOf } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license-change.ts';
import { aLicensedGroup } from '../../../builders/licensed-group.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore-facts.ts';
import { aSkuState } from '../../../builders/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/user-state.ts';

const NORA = aUserState();
const OMAR = aUserState({ id: '11111111-0000-4000-8000-000000000002', displayName: 'Omar Haddad' });
const E3 = anAssignment().skuId;
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const YAMMER = '7547a3fe-08ee-4ccb-b430-5077c5041653';
const DAY = 24 * 60 * 60_000;
const SEEN = aChange().observedAfter;

const viaGroup = (over = {}) => anAssignment({ path: 'group-1', ...over });
const all = { chosen: null, way: 'as-it-was', running: new Set<string>() } as const;

/** The plan in short: what is done, and what stands in the way. */
function inShort(input: RestoreFactsInput, options: Partial<Parameters<typeof planRestore>[1]> = {}) {
  const plan = planRestore(someRestoreFacts(input), { ...all, ...options });
  return {
    does: stepsOf(plan).map(({ action }) => action),
    blocks: plan.users.flatMap(({ blocks }) => blocks.map(({ code }) => code)),
    directHelps: plan.users.some(({ directHelps }) => directHelps),
  };
}

const assign = (userId: string, ...licenses: { skuId: string; disabledPlans: string[] }[]) => ({
  kind: 'assign',
  userId,
  licenses,
});

describe('what comes back', () => {
  it.each([
    {
      name: 'a direct assignment, with the plans that were off',
      input: {
        changes: [aChange({ before: [anAssignment({ disabledPlans: [YAMMER, TEAMS] })] })],
        present: [NORA],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS, YAMMER] })],
    },
    {
      name: 'all products of a user in one call, because one may depend on the other',
      input: {
        changes: [aChange({ id: 'change-2', skuId: VISIO }), aChange()],
        present: [NORA],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [] }, { skuId: VISIO, disabledPlans: [] })],
    },
    {
      name: 'a membership, while the group gives the license',
      input: { changes: [aChange({ before: [viaGroup()] })], present: [NORA], groups: [aLicensedGroup()] },
      does: [{ kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' }],
    },
    {
      name: 'both paths where both were lost',
      input: {
        changes: [aChange({ before: [anAssignment(), viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup()],
      },
      does: [
        assign(NORA.id, { skuId: E3, disabledPlans: [] }),
        { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
      ],
    },
    {
      name: 'the license of a group that gives it no more, once for everybody',
      input: {
        changes: [
          aChange({ before: [viaGroup({ disabledPlans: [TEAMS] })] }),
          aChange({ id: 'change-2', userId: OMAR.id, before: [viaGroup({ disabledPlans: [TEAMS] })] }),
        ],
        present: [NORA, OMAR],
        groups: [aLicensedGroup({ assignedLicenses: [] })],
      },
      does: [
        { kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [TEAMS] }] },
      ],
    },
    {
      name: 'the license of a dynamic or synced group: who is in it stays as it is',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup({ assignedLicenses: [], dynamic: true, onPremisesSyncEnabled: true })],
      },
      does: [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    },
    {
      name: 'both, where the group stopped giving and the user has nothing else through it',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup({ assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }] })],
      },
      does: [
        { kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] },
        { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
      ],
    },
    {
      name: 'the license of the group only, where the user has something else through it',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [aUserState({ assignments: [viaGroup({ skuId: VISIO })] })],
        groups: [aLicensedGroup({ assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }] })],
      },
      does: [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    },
    {
      name: 'of a license that was lost twice, what was there the last time',
      input: {
        changes: [
          aChange({ id: 'b', observedAfter: SEEN + 1, before: [anAssignment({ disabledPlans: [TEAMS] })] }),
          aChange({ id: 'a', before: [viaGroup()] }),
        ],
        present: [NORA],
        groups: [aLicensedGroup()],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] })],
    },
    {
      name: 'nothing where the user holds the product again by any path',
      input: { changes: [aChange()], present: [aUserState({ assignments: [viaGroup()] })] },
      does: [],
    },
    {
      name: 'nothing for a path that was in error and gave nothing',
      input: {
        changes: [aChange({ before: [anAssignment({ state: 'Error', error: 'CountViolation' })] })],
        present: [NORA],
      },
      does: [],
    },
    {
      name: 'nothing for swaps, gains, other paths and seats',
      input: {
        changes: (['swap', 'gained', 'path-changed', 'seats-changed', 'account-restored'] as const).map(
          (kind, index) => aChange({ id: `change-${index}`, kind }),
        ),
        present: [NORA],
      },
      does: [],
    },
    {
      name: 'another try where the member is in error and not out of the group',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [aUserState({ assignments: [viaGroup({ state: 'Error', error: 'CountViolation' })] })],
        groups: [aLicensedGroup()],
        skus: [aSkuState()],
      },
      does: [{ kind: 'reprocess', userId: NORA.id }],
    },
    {
      name: 'only the disabled plans that the product still has',
      input: {
        changes: [aChange({ before: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })] })],
        present: [NORA],
        skus: [aSkuState({ planIds: [TEAMS] })],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] })],
    },
    {
      name: 'the service plans of a direct assignment as they were before the first change',
      input: {
        changes: [
          aChange({
            kind: 'plans-changed',
            before: [anAssignment({ disabledPlans: [YAMMER] })],
            after: [anAssignment({ disabledPlans: [TEAMS] })],
          }),
          aChange({
            id: 'change-2',
            kind: 'plans-changed',
            observedAfter: SEEN + 1,
            before: [anAssignment({ disabledPlans: [TEAMS] })],
            after: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })],
          }),
        ],
        present: [aUserState({ assignments: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })] })],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [YAMMER] })],
    },
    {
      name: 'a deleted account, then what it had directly',
      input: {
        changes: [
          aChange({
            kind: 'account-removed',
            skuId: null,
            before: [anAssignment({ disabledPlans: [TEAMS] }), viaGroup({ skuId: VISIO })],
          }),
        ],
        removedAt: { [NORA.id]: SEEN },
        groups: [aLicensedGroup()],
      },
      does: [
        { kind: 'restore-account', userId: NORA.id },
        assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] }),
      ],
    },
    {
      name: 'what was stripped from an account before it was deleted, in one go',
      input: {
        changes: [
          aChange({ skuId: VISIO }),
          aChange({ id: 'change-2', kind: 'account-removed', skuId: null, before: [anAssignment()] }),
        ],
        removedAt: { [NORA.id]: SEEN },
      },
      does: [
        { kind: 'restore-account', userId: NORA.id },
        assign(NORA.id, { skuId: E3, disabledPlans: [] }, { skuId: VISIO, disabledPlans: [] }),
      ],
    },
  ])('$name', ({ input, does }) => {
    expect(inShort(input)).toEqual({ does, blocks: [], directHelps: false });
  });

  it('takes back exactly what it gave', () => {
    const plan = planRestore(
      someRestoreFacts({
        changes: [
          aChange({ before: [anAssignment(), viaGroup()] }),
          aChange({
            id: 'change-2',
            skuId: VISIO,
            kind: 'plans-changed',
            before: [anAssignment({ skuId: VISIO })],
            after: [anAssignment({ skuId: VISIO, disabledPlans: [YAMMER] })],
          }),
          aChange({ id: 'change-3', userId: OMAR.id, before: [viaGroup({ path: 'group-2' })] }),
        ],
        present: [
          aUserState({ assignments: [anAssignment({ skuId: VISIO, disabledPlans: [YAMMER] })] }),
          OMAR,
        ],
        groups: [aLicensedGroup(), aLicensedGroup({ id: 'group-2', assignedLicenses: [] })],
      }),
      all,
    );
    expect(stepsOf(plan).map(({ undo }) => undo)).toEqual([
      { kind: 'unlicense-group', groupId: 'group-2', skuIds: [E3] },
      { kind: 'unassign', userId: NORA.id, skuIds: [E3] },
      assign(NORA.id, { skuId: VISIO, disabledPlans: [YAMMER] }),
      { kind: 'remove-from-group', userId: NORA.id, groupId: 'group-1' },
    ]);
    expect(readyUsers(plan)).toEqual(new Set([OMAR.id, NORA.id]));
  });
});

describe('what stands in the way', () => {
  const lostThroughGroup = { changes: [aChange({ before: [viaGroup()] })], present: [NORA] };
  const removed = aChange({ kind: 'account-removed', skuId: null, before: [anAssignment()] });
  it.each([
    {
      name: 'a group that chooses its members by a rule',
      input: { ...lostThroughGroup, groups: [aLicensedGroup({ dynamic: true })] },
      want: { blocks: ['group-dynamic'], directHelps: true },
    },
    {
      name: 'a group from on premises',
      input: { ...lostThroughGroup, groups: [aLicensedGroup({ onPremisesSyncEnabled: true })] },
      want: { blocks: ['group-synced'], directHelps: true },
    },
    {
      name: 'a mail-enabled group',
      input: { ...lostThroughGroup, groups: [aLicensedGroup({ mailEnabled: true })] },
      want: { blocks: ['group-mail-enabled'], directHelps: true },
    },
    {
      name: 'a group that can hold directory roles',
      input: { ...lostThroughGroup, groups: [aLicensedGroup({ roleAssignable: true })] },
      want: { blocks: ['group-role-assignable'], directHelps: true },
    },
    {
      name: 'a group that is gone',
      input: lostThroughGroup,
      want: { blocks: ['group-gone'], directHelps: true },
    },
    {
      name: 'a group that is gone, for somebody whom nothing can be assigned to directly either',
      input: { ...lostThroughGroup, present: [aUserState({ usageLocation: null })] },
      want: { blocks: ['group-gone'], directHelps: false },
    },
    {
      name: 'service plans that were changed on the group',
      input: {
        changes: [
          aChange({
            kind: 'plans-changed',
            before: [viaGroup()],
            after: [viaGroup({ disabledPlans: [TEAMS] })],
          }),
        ],
        present: [aUserState({ assignments: [viaGroup({ disabledPlans: [TEAMS] })] })],
        groups: [aLicensedGroup()],
      },
      want: { blocks: ['group-plans'], directHelps: false },
    },
    {
      name: 'no usage location for a direct assignment',
      input: { changes: [aChange()], present: [aUserState({ usageLocation: null })] },
      want: { blocks: ['usage-location'], directHelps: false },
    },
    {
      name: 'a usage location that is no country',
      input: {
        ...lostThroughGroup,
        present: [aUserState({ usageLocation: 'QQ' })],
        groups: [aLicensedGroup()],
      },
      want: { blocks: ['usage-location'], directHelps: false },
    },
    {
      name: 'a usage location in which Microsoft refused it, until it is another',
      input: {
        changes: [
          aChange({
            kind: 'never-granted',
            before: [],
            after: [viaGroup({ state: 'Error', error: 'ProhibitedInUsageLocationViolation' })],
          }),
        ],
        present: [
          aUserState({
            assignments: [viaGroup({ state: 'Error', error: 'ProhibitedInUsageLocationViolation' })],
          }),
        ],
        groups: [aLicensedGroup()],
      },
      want: { blocks: ['usage-location'], directHelps: false },
    },
    {
      name: 'a subscription that has ended',
      input: { changes: [aChange()], present: [NORA], skus: [aSkuState({ capabilityStatus: 'Suspended' })] },
      want: { blocks: ['subscription-ended'], directHelps: false },
    },
    {
      name: 'a product that the tenant owns no more',
      input: { changes: [aChange()], present: [NORA], skus: [aSkuState({ skuId: VISIO })] },
      want: { blocks: ['not-owned'], directHelps: false },
    },
    {
      name: 'no free seat',
      input: { changes: [aChange()], present: [NORA], skus: [aSkuState({ consumed: 10 })] },
      want: { blocks: ['no-seats'], directHelps: false },
    },
    {
      name: 'an assignment in error while seats are still short',
      input: {
        changes: [
          aChange({
            kind: 'never-granted',
            before: [],
            after: [viaGroup({ state: 'Error', error: 'CountViolation' })],
          }),
        ],
        present: [aUserState({ assignments: [viaGroup({ state: 'Error', error: 'CountViolation' })] })],
        groups: [aLicensedGroup()],
        skus: [aSkuState({ consumed: 12 })],
      },
      want: { blocks: ['no-seats'], directHelps: false },
    },
    {
      name: 'a group that fails because another of its products has no seat: directly it can be had',
      input: {
        ...lostThroughGroup,
        groups: [
          aLicensedGroup({
            assignedLicenses: [
              { skuId: E3, disabledPlans: [] },
              { skuId: VISIO, disabledPlans: [] },
            ],
          }),
        ],
        skus: [aSkuState(), aSkuState({ skuId: VISIO, consumed: 10 })],
      },
      want: { blocks: ['no-seats'], directHelps: true },
    },
    {
      name: 'an account that is gone for good',
      input: { changes: [removed], removedAt: { [NORA.id]: SEEN }, now: SEEN + 30 * DAY },
      want: { blocks: ['account-gone'], directHelps: false },
    },
    {
      name: 'an account that was deleted after its license was lost: nobody asked for the account',
      input: { changes: [aChange()], removedAt: { [NORA.id]: SEEN } },
      want: { blocks: ['account-gone'], directHelps: false },
    },
  ])('$name', ({ input, want }) => {
    expect(inShort(input)).toEqual({ does: [], ...want });
  });

  it('is told with a way out', () => {
    const reasons = (input: RestoreFactsInput) =>
      planRestore(someRestoreFacts(input), all).users.flatMap(({ blocks }) =>
        blocks.map(({ reason, wayOut }) => `${reason} ${wayOut}`),
      );
    expect(
      reasons({ ...lostThroughGroup, groups: [aLicensedGroup({ onPremisesSyncEnabled: true })] }),
    ).toEqual(['The group LIC-E3 is managed on premises. Change it there.']);
    expect(reasons({ changes: [aChange()], present: [aUserState({ usageLocation: null })] })).toEqual([
      'No usage location is set. Set a usage location. It was NL.',
    ]);
    expect(reasons({ changes: [aChange()], removedAt: { [NORA.id]: SEEN } })).toEqual([
      'The account is deleted. Restore it in Entra before 23 December 2026, then try again.',
    ]);
  });

  it('has the license tried again once the usage location is another', () => {
    const inError = viaGroup({ state: 'Error', error: 'ProhibitedInUsageLocationViolation' });
    expect(
      inShort({
        changes: [aChange({ kind: 'never-granted', before: [], after: [inError] })],
        present: [aUserState({ usageLocation: 'DE', assignments: [inError] })],
        groups: [aLicensedGroup()],
      }),
    ).toEqual({ does: [{ kind: 'reprocess', userId: NORA.id }], blocks: [], directHelps: false });
  });

  it('leaves a member without a usage location to the group, which falls back on the directory’s', () => {
    const present = [aUserState({ usageLocation: null })];
    expect(inShort({ ...lostThroughGroup, present, groups: [aLicensedGroup()] }).does).toEqual([
      { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
    ]);
  });

  it('says of a user who is being restored already just that', () => {
    expect(inShort({ changes: [aChange()], present: [NORA] }, { running: new Set([NORA.id]) })).toEqual({
      does: [],
      blocks: ['running'],
      directHelps: false,
    });
  });
});

describe('who is chosen', () => {
  const changes = [aChange(), aChange({ id: 'change-2', userId: OMAR.id })];
  const groupLoss = changes.map((change) => ({ ...change, before: [viaGroup()] }));
  const stopped = { present: [NORA, OMAR], groups: [aLicensedGroup({ assignedLicenses: [] })] };

  it('gets a plan, and nobody else', () => {
    const plan = planRestore(someRestoreFacts({ changes, present: [NORA, OMAR] }), {
      ...all,
      chosen: new Set([OMAR.id]),
    });
    expect(plan.users.map(({ userId }) => userId)).toEqual([OMAR.id]);
  });

  it('is not given a group’s license that would reach others, too', () => {
    expect(inShort({ changes: groupLoss, ...stopped }, { chosen: new Set([NORA.id]) })).toEqual({
      does: [],
      blocks: ['group-stopped'],
      directHelps: true,
    });
  });

  it('may be everybody who lacks it: who has it again need not be asked', () => {
    const present = [NORA, { ...OMAR, assignments: [anAssignment()] }];
    expect(inShort({ changes: groupLoss, ...stopped, present }, { chosen: new Set([NORA.id]) }).does).toEqual(
      [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    );
  });
});

describe('assigning directly, the second best', () => {
  const groupLoss = aChange({ before: [viaGroup({ disabledPlans: [YAMMER, TEAMS] })] });
  const dynamic = [aLicensedGroup({ dynamic: true })];

  it('gives what the group gave, with the plans that were off', () => {
    expect(
      inShort({ changes: [groupLoss], present: [NORA], groups: dynamic }, { way: 'direct' }).does,
    ).toEqual([assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS, YAMMER] })]);
  });

  it('leaves on what any of the groups left on', () => {
    const change = aChange({
      before: [
        viaGroup({ disabledPlans: [YAMMER, TEAMS] }),
        viaGroup({ path: 'group-2', disabledPlans: [TEAMS] }),
      ],
    });
    const groups = [...dynamic, aLicensedGroup({ id: 'group-2', dynamic: true })];
    expect(inShort({ changes: [change], present: [NORA], groups }, { way: 'direct' }).does).toEqual([
      assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] }),
    ]);
  });

  it('is only for those whose group is in the way', () => {
    const direct = aChange({ id: 'change-2', userId: OMAR.id });
    const facts = someRestoreFacts({ changes: [groupLoss, direct], present: [NORA, OMAR], groups: dynamic });
    expect(planRestore(facts, { ...all, way: 'direct' }).users.map(({ userId }) => userId)).toEqual([
      NORA.id,
    ]);
  });

  it('is not offered for the seats that the others take', () => {
    const direct = aChange({ id: 'change-2', userId: OMAR.id });
    const facts = { changes: [groupLoss, direct], present: [NORA, OMAR], groups: dynamic };
    expect(inShort({ ...facts, skus: [aSkuState({ consumed: 9 })] }).directHelps).toBe(false);
    expect(inShort({ ...facts, skus: [aSkuState({ consumed: 8 })] }).directHelps).toBe(true);
  });

  it('says what stands in its way', () => {
    const present = [aUserState({ usageLocation: null })];
    expect(inShort({ changes: [groupLoss], present, groups: dynamic }, { way: 'direct' })).toEqual({
      does: [],
      blocks: ['usage-location'],
      directHelps: false,
    });
  });
});

describe('the digest of a plan', () => {
  const facts = { changes: [aChange()], present: [NORA] };
  const digest = (input: RestoreFactsInput) => planDigest(planRestore(someRestoreFacts(input), all));

  it('is the same while the same would be written', () => {
    expect(digest(facts)).toBe(digest({ ...facts, now: SEEN + DAY }));
  });

  it('is another when something else would be written', () => {
    expect(digest(facts)).not.toBe(digest({ ...facts, changes: [aChange({ skuId: VISIO })] }));
  });
});
