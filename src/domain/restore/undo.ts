import { listed } from '../english.ts';
import { productName } from '../license/catalogue.ts';
import { count } from '../numerals.ts';
import type { PlannedStep, RestoreStep, StepAction } from './step.ts';

/**
 * What takes back a decision, the last thing done first. Only what was `done` is taken back: what was so
 * `already` was never ours. Nothing is merged, so that a membership of five users is one undo of five steps,
 * and a license given back to a group is one step.
 */
export const planUndo = (steps: readonly RestoreStep[]): PlannedStep[] =>
  steps
    .toSorted((a, b) => b.stepNo - a.stepNo)
    .flatMap(({ status, undo, userIds }) =>
      status === 'done' && undo ? [{ action: undo, undo: null, userIds: [...userIds] }] : [],
    );

/** What an undo does, in sentences: "Takes 5 users out of the group LIC-Sales again." */
export function undoSentence(
  steps: readonly PlannedStep[],
  groupName: (groupId: string) => string,
  nameOfProduct: (skuId: string) => string = productName,
): string {
  const things = new Map<string, { action: StepAction; users: Set<string> }>();
  for (const { action, userIds } of steps) {
    const key = JSON.stringify({ ...action, userId: null });
    const thing = things.get(key) ?? { action, users: new Set() };
    things.set(key, thing);
    for (const userId of userIds) thing.users.add(userId);
  }
  return [...things.values()]
    .map(({ action, users: { size } }) => inWords(action, count(size, 'user'), groupName, nameOfProduct))
    .join(' ');
}

function inWords(
  action: StepAction,
  users: string,
  groupName: (groupId: string) => string,
  nameOfProduct: (skuId: string) => string,
): string {
  const products = (skuIds: readonly string[]): string => listed(skuIds.map((id) => nameOfProduct(id)));
  switch (action.kind) {
    case 'remove-from-group':
      return `Takes ${users} out of the group ${groupName(action.groupId)} again.`;
    case 'unassign':
      return `Takes ${products(action.skuIds)} from ${users} again.`;
    case 'unlicense-group':
      return `The group ${groupName(action.groupId)} no longer gives ${products(action.skuIds)} to ${users}.`;
    case 'swap':
      return `Gives ${users} ${products(action.licenses.map(({ skuId }) => skuId))} back in place of ${products(action.skuIds)}.`;
    case 'assign':
      return `Sets the service plans of ${products(action.licenses.map(({ skuId }) => skuId))} for ${users} as they were before.`;
    default:
      return `Takes back what was done for ${users}.`;
  }
}
