import { MOST_WRITES_AT_ONCE, type StepNote, TenantReadError } from '../domain/ports.ts';
import type { RestoreStep } from '../domain/restore/step.ts';
import type { JobContext } from './context.ts';
import { isGivenUp } from './restore-outcome.ts';

/**
 * Finds out what became of steps that were on their way when an earlier run died: what the tenant shows is done,
 * the rest is sent again. The caller holds the lease, so that nobody else can have them in hand.
 * @param open all steps without an outcome
 * @param decidedAt when a decision was taken, ms UTC
 * @returns false when the tenant cannot be read now: then nothing is known, and nothing may be sent
 */
export async function resume(
  context: JobContext,
  open: readonly RestoreStep[],
  decidedAt: (decisionId: string) => number,
): Promise<boolean> {
  const { store, writer, clock, metrics, log } = context;
  const sent = open.filter((step) => step.status === 'sending');
  for (let start = 0; start < sent.length; start += MOST_WRITES_AT_ONCE) {
    const steps = sent.slice(start, start + MOST_WRITES_AT_ONCE);
    try {
      const standing = await writer.standing(steps.map(({ action }) => action));
      const now = clock.now();
      const notes = steps.map((step, index) =>
        noteAfterCrash(step, standing[index] === true, isGivenUp(decidedAt(step.decisionId), now)),
      );
      await store.decisions.noteSteps(notes, now);
      for (const { status } of notes) if (status !== 'planned') metrics.restoreStep(status);
      log.info(
        { steps: steps.length, standing: standing.filter(Boolean).length },
        'restore is taken up again',
      );
      context.onStep('restore:resumed');
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      log.warn({ code: error.code, reason: error.message }, 'steps under way could not be looked at');
      return false;
    }
  }
  return true;
}

function noteAfterCrash({ decisionId, stepNo }: RestoreStep, stands: boolean, givenUp: boolean): StepNote {
  if (stands) return { decisionId, stepNo, status: 'done', code: null, message: null };
  if (!givenUp) {
    const message = 'It was not finished when License Watch stopped, and is done again.';
    return { decisionId, stepNo, status: 'planned', code: 'interrupted', message };
  }
  const message = 'License Watch could not finish it within an hour.';
  return { decisionId, stepNo, status: 'failed', code: 'interrupted', message };
}
