import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { planRestore } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';
import { all, E3, inShort, NORA, TEAMS, VISIO, viaGroup } from './plan-in-short.ts';

const SEEN = aChange().observedAfter;

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
      input: { changes: [removed], removedAt: { [NORA.id]: SEEN }, now: SEEN + 30 * DAY_MS },
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
