import { describe, expect, it } from 'vitest';
import type { RestoreStep, StepAction } from '../../../../src/domain/restore/step.ts';
import { keyOf, nextBatch, stepsAfter } from '../../../../src/jobs/restore/batch.ts';
import { aRestoreStep } from '../../../builders/incident/decision.ts';

const NOTHING_TRIED: ReadonlyMap<string, number> = new Map();
const SALES = 'group-sales';

const step = (stepNo: number, action: StepAction, over: Partial<RestoreStep> = {}): RestoreStep =>
  aRestoreStep({ stepNo, action, userIds: 'userId' in action ? [action.userId] : [], ...over });
const assign = (userId: string): StepAction => ({ kind: 'assign', userId, licenses: [] });
const join = (userId: string): StepAction => ({ kind: 'add-to-group', userId, groupId: SALES });
const license: StepAction = { kind: 'license-group', groupId: SALES, licenses: [] };
const numbers = (steps: readonly RestoreStep[]): number[] => steps.map(({ stepNo }) => stepNo);

describe('the next batch', () => {
  it.each<{ name: string; open: RestoreStep[]; batch: number[] }>([
    { name: 'nothing of nothing', open: [], batch: [] },
    {
      name: 'steps of different users',
      open: [step(1, assign('a')), step(2, assign('b'))],
      batch: [1, 2],
    },
    {
      name: 'of two steps of one user the first',
      open: [step(1, join('a')), step(2, assign('a')), step(3, assign('b'))],
      batch: [1, 3],
    },
    {
      name: 'nothing of a user who has a step under way, of whatever decision',
      open: [step(1, join('a'), { status: 'sending' }), step(2, assign('a'), { decisionId: 'later' })],
      batch: [],
    },
    {
      name: 'the licenses of a group before its users’ own steps',
      open: [step(1, license, { userIds: ['a', 'b'] }), step(2, assign('a')), step(3, assign('c'))],
      batch: [1, 3],
    },
    {
      name: 'members of one group side by side',
      open: [step(1, join('a')), step(2, join('b'))],
      batch: [1, 2],
    },
    {
      name: 'no member of a group whose licenses are changed',
      open: [step(1, license, { userIds: ['a'] }), step(2, join('b'))],
      batch: [1],
    },
    {
      name: 'at most twenty',
      open: Array.from({ length: 30 }, (_, index) => step(index + 1, assign(`user-${index}`))),
      batch: Array.from({ length: 20 }, (_, index) => index + 1),
    },
  ])('is $name', ({ open, batch }) => {
    expect(numbers(nextBatch(open, NOTHING_TRIED))).toEqual(batch);
  });

  it('leaves what failed before to the end, so that it holds up nobody', () => {
    const open = [step(1, assign('a')), step(2, assign('b')), step(3, assign('c'))];
    const tries = new Map([
      [keyOf(aRestoreStep({ stepNo: 1 })), 2],
      [keyOf(aRestoreStep({ stepNo: 2 })), 1],
    ]);
    expect(numbers(nextBatch(open, tries))).toEqual([3, 2, 1]);
  });
});

describe('a step that did not succeed', () => {
  const failed = step(2, join('a'));
  it.each<{ name: string; other: RestoreStep; taken: boolean }>([
    { name: 'a later step of the user', other: step(3, assign('a')), taken: true },
    { name: 'an earlier one', other: step(1, assign('a')), taken: false },
    { name: 'another user’s', other: step(3, assign('b')), taken: false },
    {
      name: 'one of another decision',
      other: step(3, assign('a'), { decisionId: 'later' }),
      taken: false,
    },
    { name: 'one for others as well', other: step(3, license, { userIds: ['a', 'b'] }), taken: false },
    { name: 'one that is under way', other: step(3, assign('a'), { status: 'sending' }), taken: false },
  ])('takes with it $name: $taken', ({ other, taken }) => {
    expect(stepsAfter(failed, [other])).toHaveLength(taken ? 1 : 0);
  });
});
