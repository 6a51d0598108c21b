import type { Decision } from '../../domain/incident/decision.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident-view/undo-offer.ts';
import { leftToUndo, undosOf } from '../../domain/restore/left-to-undo.ts';
import { isConcluded, type PlannedStep, type RestoreStep } from '../../domain/restore/step.ts';
import { type DecisionContext, outsideScope, type Refused, refuse, usersOf } from './decided.ts';

/** What an undo writes now and for whom, or why it may not. */
export type ToTakeBack = { kind: 'steps'; steps: PlannedStep[]; userIds: string[] } | Refused;

/**
 * The rules of every undo: within a day, not before all is done, only what is left, and only by somebody who may act
 * on everybody it is about.
 * @param log decisions among which are the earlier undos of this one
 * @param steps of this decision and of its undos; none of them may be under way
 */
export function toTakeBack(
  { access, now }: Pick<DecisionContext, 'access' | 'now'>,
  decision: Pick<Decision, 'id' | 'at'>,
  log: readonly Decision[],
  steps: readonly RestoreStep[],
): ToTakeBack {
  if (now - decision.at > UNDO_WITHIN_MS) return refuse('This could be undone for 24 hours only.');
  if (steps.some((step) => !isConcluded(step))) {
    return refuse('It is still being carried out. Please wait until it is done.');
  }
  const left = leftToUndo(decision.id, log, steps);
  if (left.length === 0) {
    const before = undosOf(decision.id, log).length;
    return refuse(before > 0 ? 'This was undone already.' : 'There is nothing to take back.');
  }
  const userIds = usersOf(left);
  return outsideScope(access.acts, userIds) ?? { kind: 'steps', steps: left, userIds };
}
