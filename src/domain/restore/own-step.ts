import type { OwnStep } from '../attribution/verdict.ts';
import { DIRECT } from '../license/user-state.ts';
import type { RestoreStep, StepAction } from './step.ts';

/** What a step of a decision does to licenses, for attribution: a swap gives and takes. `by` is who decided it. */
export function ownStepsOf(step: RestoreStep, by: string): OwnStep[] {
  const { action } = step;
  if (action.kind !== 'swap') return [ownStepOf({ ...step, action }, by)];
  const { userId, licenses, skuIds } = action;
  return [
    ownStepOf({ ...step, action: { kind: 'unassign', userId, skuIds } }, by),
    ownStepOf({ ...step, action: { kind: 'assign', userId, licenses } }, by),
  ];
}

type Single = Exclude<StepAction, { kind: 'swap' }>;

function ownStepOf({ action, updatedAt }: { action: Single; updatedAt: number }, by: string): OwnStep {
  const common = { at: updatedAt, by };
  switch (action.kind) {
    case 'assign':
      return {
        ...common,
        userId: action.userId,
        effect: 'gives',
        path: DIRECT,
        skuIds: action.licenses.map(({ skuId }) => skuId),
      };
    case 'unassign':
      return { ...common, userId: action.userId, effect: 'takes', path: DIRECT, skuIds: action.skuIds };
    case 'add-to-group':
      return { ...common, userId: action.userId, effect: 'gives', path: action.groupId, skuIds: null };
    case 'remove-from-group':
      return { ...common, userId: action.userId, effect: 'takes', path: action.groupId, skuIds: null };
    case 'license-group':
      return {
        ...common,
        userId: null,
        effect: 'gives',
        path: action.groupId,
        skuIds: action.licenses.map(({ skuId }) => skuId),
      };
    case 'unlicense-group':
      return { ...common, userId: null, effect: 'takes', path: action.groupId, skuIds: action.skuIds };
    case 'reprocess':
      return { ...common, userId: action.userId, effect: 'gives', path: null, skuIds: null };
    case 'restore-account':
      return { ...common, userId: action.userId, effect: 'restores-account', path: null, skuIds: null };
  }
}
