import { HOUR_MS } from '../../domain/durations.ts';
import type { StepNote, WriteOutcome } from '../../domain/ports.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import { stepsAfter } from './batch.ts';

/** A step that Microsoft could not take for this long after it was decided, ms, has failed, … */
const GIVE_UP_AFTER_MS = HOUR_MS;
/** … but not before it was sent so often: of thousands some have their first turn late, and so after an outage. */
const TRIES_AT_LEAST = 5;

/** Whether an hour has passed since then, ms UTC. */
export const isOverdue = (decidedAt: number, now: number): boolean => now - decidedAt > GIVE_UP_AFTER_MS;

/** When a step was decided and when it was answered, ms UTC, and how often it was sent in vain before. */
export type Attempt = { decidedAt: number; tried: number; now: number };

/**
 * What is noted of a step that was sent. Found so already after an attempt of which nobody knows what became
 * of it, it was that attempt: an undo takes it back.
 */
export function noteOf(
  step: RestoreStep,
  outcome: WriteOutcome,
  { decidedAt, tried, now }: Attempt,
): StepNote {
  const { decisionId, stepNo } = step;
  if (outcome.ok) {
    const status = outcome.changed || mayHaveLanded(step) ? 'done' : 'already';
    return { decisionId, stepNo, status, code: null, message: null };
  }
  const { code, message } = outcome;
  // What is throttled is the app, not the step: that is over when nothing gets through any more.
  const isOver = code !== 'throttled' && isOverdue(decidedAt, now) && tried + 1 >= TRIES_AT_LEAST;
  const status = !outcome.retryable ? 'refused' : isOver ? 'failed' : 'planned';
  return { decisionId, stepNo, status, code, message };
}

/** Whether an earlier attempt ended without an answer; what was throttled was certainly not carried out. */
const mayHaveLanded = ({ code }: RestoreStep): boolean => code !== null && code !== 'throttled';

/**
 * What is noted of everything that waits when nothing at all has got through for an hour: with thousands of steps it
 * would take days to be turned away for each of them. What was decided within the hour waits on.
 * @param outcome the last answer there was
 * @param decidedAt when a decision was taken, ms UTC
 */
export function stalledBy(
  { code, message }: Extract<WriteOutcome, { ok: false }>,
  open: readonly RestoreStep[],
  decidedAt: (decisionId: string) => number,
  now: number,
): StepNote[] {
  return open
    .filter((step) => step.status === 'planned' && isOverdue(decidedAt(step.decisionId), now))
    .map(({ decisionId, stepNo }) => ({ decisionId, stepNo, status: 'failed', code, message }));
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
