import { describe, expect, it } from 'vitest';
import type { RestoreStep, StepAction, StepStatus } from '../../../../src/domain/restore/step.ts';
import { planUndo, undoSentence } from '../../../../src/domain/restore/undo.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';

const E3 = anAssignment().skuId;
const groupName = () => 'LIC-Sales';

const aStep = (stepNo: number, undo: StepAction | null, over: Partial<RestoreStep> = {}): RestoreStep => ({
  decisionId: 'decision-1',
  stepNo,
  action: { kind: 'reprocess', userId: `user-${stepNo}` },
  undo,
  userIds: [`user-${stepNo}`],
  status: 'done',
  code: null,
  message: null,
  updatedAt: 0,
  ...over,
});
const out = (userId: string): StepAction => ({ kind: 'remove-from-group', userId, groupId: 'group-1' });
const unassign = (userId: string): StepAction => ({ kind: 'unassign', userId, skuIds: [E3] });

describe('an undo', () => {
  it('takes back the last thing first', () => {
    expect(planUndo([aStep(1, unassign('user-1')), aStep(2, out('user-2'))])).toEqual([
      { action: out('user-2'), undo: null, userIds: ['user-2'] },
      { action: unassign('user-1'), undo: null, userIds: ['user-1'] },
    ]);
  });

  it('leaves what nothing takes back, such as a restored account', () => {
    expect(planUndo([aStep(1, null)])).toEqual([]);
  });

  it.each<StepStatus>(['planned', 'sending', 'already', 'refused', 'failed', 'skipped'])(
    'takes nothing back of a step that is %s',
    (status) => {
      expect(planUndo([aStep(1, out('user-1'), { status })])).toEqual([]);
    },
  );
});

describe('the sentence of an undo', () => {
  it('tells a group incident in one', () => {
    const steps = planUndo([1, 2, 3, 4, 5].map((no) => aStep(no, out(`user-${no}`))));
    expect(undoSentence(steps, groupName)).toBe('Takes 5 users out of the group LIC-Sales again.');
  });

  it.each([
    { action: unassign('user-1'), says: 'Takes Microsoft 365 E3 from 1 user again.' },
    {
      action: { kind: 'unlicense-group', groupId: 'group-1', skuIds: [E3] },
      says: 'The group LIC-Sales no longer gives Microsoft 365 E3 to 1 user.',
    },
    {
      action: { kind: 'assign', userId: 'user-1', licenses: [{ skuId: E3, disabledPlans: [] }] },
      says: 'Sets the service plans of Microsoft 365 E3 for 1 user as they were before.',
    },
  ] satisfies { action: StepAction; says: string }[])('says: $says', ({ action, says }) => {
    expect(undoSentence(planUndo([aStep(1, action)]), groupName)).toBe(says);
  });

  it('tells different things one after the other', () => {
    const steps = planUndo([aStep(1, unassign('user-1')), aStep(2, out('user-1'))]);
    expect(undoSentence(steps, groupName)).toBe(
      'Takes 1 user out of the group LIC-Sales again. Takes Microsoft 365 E3 from 1 user again.',
    );
  });
});
