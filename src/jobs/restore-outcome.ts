import type { StepNote, WriteOutcome } from '../domain/ports.ts';
import type { RestoreStep, StepStatus } from '../domain/restore/step.ts';
import { stepsAfter } from './restore-batch.ts';

/** A step that Microsoft could not take for this long after it was decided has failed, ms. */
const GIVE_UP_AFTER_MS = 60 * 60_000;

/** Whether a step that was decided then, ms UTC, is not tried any more. */
export const isGivenUp = (decidedAt: number, now: number): boolean => now - decidedAt > GIVE_UP_AFTER_MS;

/**
 * What is noted of a step that was sent. Found so already after an attempt of which nobody knows what became
 * of it, it was that attempt: an undo takes it back.
 * @param decidedAt when the step was decided, ms UTC
 */
export function noteOf(step: RestoreStep, outcome: WriteOutcome, decidedAt: number, now: number): StepNote {
  const { decisionId, stepNo } = step;
  if (outcome.ok) {
    const status = outcome.changed || mayHaveLanded(step) ? 'done' : 'already';
    return { decisionId, stepNo, status, code: null, message: null };
  }
  const { code, message } = outcome;
  return { decisionId, stepNo, status: statusAfter(outcome.retryable, decidedAt, now), code, message };
}

/** Whether an earlier attempt ended without an answer; what was throttled was certainly not carried out. */
const mayHaveLanded = ({ code }: RestoreStep): boolean => code !== null && code !== 'throttled';

function statusAfter(retryable: boolean, decidedAt: number, now: number): StepStatus {
  if (!retryable) return 'refused';
  return isGivenUp(decidedAt, now) ? 'failed' : 'planned';
}

/** What is noted of the steps that a failed one takes with it; nothing for any other note. */
export function skippedBy(step: RestoreStep, note: StepNote, open: readonly RestoreStep[]): StepNote[] {
  if (note.status !== 'refused' && note.status !== 'failed') return [];
  return stepsAfter(step, open).map(({ decisionId, stepNo }) => ({
    decisionId,
    stepNo,
    status: 'skipped',
    code: 'skipped',
    message: `A step before it did not succeed: ${note.message ?? 'no reason is known.'}`,
  }));
}
