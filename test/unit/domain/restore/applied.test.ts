import { expect, it } from 'vitest';
import { isApplied } from '../../../../src/domain/restore/applied.ts';
import type { StepAction } from '../../../../src/domain/restore/step.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const userId = aUserState().id;
const groupId = 'group-sales';
const E3 = anAssignment().skuId;
const VISIO = 'visio';
const groups = [
  { id: groupId, assignedLicenses: [E3, VISIO].map((skuId) => ({ skuId, disabledPlans: [] })) },
];
const direct = anAssignment();
const viaGroup = anAssignment({ path: groupId });
const visioViaGroup = anAssignment({ path: groupId, skuId: VISIO });
const failed = anAssignment({ path: groupId, skuId: VISIO, state: 'Error', error: 'CountViolation' });

const assign: StepAction = { kind: 'assign', userId, licenses: [{ skuId: E3, disabledPlans: [] }] };
const unassign: StepAction = { kind: 'unassign', userId, skuIds: [E3] };
const join: StepAction = { kind: 'add-to-group', userId, groupId };
const leave: StepAction = { kind: 'remove-from-group', userId, groupId };
const license: StepAction = {
  kind: 'license-group',
  groupId,
  licenses: [{ skuId: VISIO, disabledPlans: [] }],
};
const unlicense: StepAction = { kind: 'unlicense-group', groupId, skuIds: [VISIO] };

it.each<{ name: string; action: StepAction; has: (typeof direct)[]; applied: boolean }>([
  { name: 'a license that is there', action: assign, has: [direct], applied: true },
  { name: 'a license that is there by another way', action: assign, has: [viaGroup], applied: false },
  { name: 'a license that is gone', action: unassign, has: [viaGroup], applied: true },
  { name: 'a license that is still there', action: unassign, has: [direct], applied: false },
  { name: 'a group that gave all it gives', action: join, has: [viaGroup, visioViaGroup], applied: true },
  { name: 'a group that gave a part', action: join, has: [viaGroup], applied: false },
  { name: 'a group that tried in vain', action: join, has: [viaGroup, failed], applied: true },
  { name: 'a group that gives nothing', action: { ...join, groupId: 'other' }, has: [], applied: true },
  { name: 'a group that was left', action: leave, has: [direct], applied: true },
  { name: 'a group that still gives', action: leave, has: [viaGroup], applied: false },
  { name: 'a group’s new license', action: license, has: [visioViaGroup], applied: true },
  { name: 'a group’s new license, not yet there', action: license, has: [viaGroup], applied: false },
  { name: 'a group’s former license', action: unlicense, has: [viaGroup], applied: true },
  { name: 'a group’s former license, still there', action: unlicense, has: [visioViaGroup], applied: false },
  {
    name: 'processing without errors',
    action: { kind: 'reprocess', userId },
    has: [viaGroup],
    applied: true,
  },
  { name: 'processing with one', action: { kind: 'reprocess', userId }, has: [failed], applied: false },
])('$name is shown: $applied', ({ action, has, applied }) => {
  expect(isApplied(action, aUserState({ assignments: has }), groups)).toBe(applied);
});

it('waits for an account that is to come back, and for nothing else of one that is gone', () => {
  expect(isApplied({ kind: 'restore-account', userId }, undefined, groups)).toBe(false);
  expect(isApplied({ kind: 'restore-account', userId }, aUserState(), groups)).toBe(true);
  expect(isApplied(assign, undefined, groups)).toBe(true);
});
