import type { Decision } from '../incident/decision.ts';
import { isInPlace, type PlannedStep, type RestoreStep } from './step.ts';
import { planUndo } from './undo.ts';

/**
 * What is left to take back of a reassign: all that it did, without what an earlier undo has brought about. So one
 * that went wrong half-way can be pressed again for the rest, and one that went well cannot.
 * @param decisions all about the incident
 * @param steps of all of them
 */
export function leftToUndo(
  reassignId: string,
  decisions: readonly Decision[],
  steps: readonly RestoreStep[],
): PlannedStep[] {
  const undos = new Set(undosOf(reassignId, decisions).map(({ id }) => id));
  const undone = new Set(
    steps
      .filter((step) => undos.has(step.decisionId) && isInPlace(step))
      .map(({ action }) => JSON.stringify(action)),
  );
  return planUndo(steps.filter(({ decisionId }) => decisionId === reassignId)).filter(
    ({ action }) => !undone.has(JSON.stringify(action)),
  );
}

/** The undos of a reassign so far. */
export const undosOf = (reassignId: string, decisions: readonly Decision[]): Decision[] =>
  decisions.filter(({ kind, about }) => kind === 'undo' && about === reassignId);
