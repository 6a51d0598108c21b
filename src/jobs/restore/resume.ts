import {
  MAX_WRITES_AT_ONCE,
  type ReadFailureCode,
  type StepNote,
  TenantReadError,
} from '../../domain/ports.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { isOverdue, skippedBy } from './outcome.ts';

/** A look that failed so may succeed later on, however late: the steps wait for it. */
const MAY_PASS: ReadonlySet<ReadFailureCode> = new Set([
  'throttled',
  'unreachable',
  'server-error',
  'timeout',
  'cancelled',
]);

/**
 * Finds out what became of steps that were on their way when an earlier run died: what the tenant shows is done,
 * the rest is sent again. The caller holds the lease, so that nobody else can have them in hand. What the app may not
 * look at, or cannot make sense of, fails after an hour: it must not hold up every restore there is.
 * @param open all steps without an outcome
 * @param decidedAt when a decision was taken, ms UTC
 * @returns false when the tenant cannot be read now: then nothing is known, and nothing may be sent
 */
export async function resume(
  context: JobContext,
  open: readonly RestoreStep[],
  decidedAt: (decisionId: string) => number,
): Promise<boolean> {
  const { writer, clock, log } = context;
  const isLate = (step: RestoreStep): boolean => isOverdue(decidedAt(step.decisionId), clock.now());
  let seen = true;
  const sent = open.filter((step) => step.status === 'sending');
  for (let start = 0; start < sent.length; start += MAX_WRITES_AT_ONCE) {
    const steps = sent.slice(start, start + MAX_WRITES_AT_ONCE);
    try {
      const standing = await writer.alreadyApplied(steps.map(({ action }) => action));
      await note(
        context,
        open,
        steps.map((step, index) => ({
          step,
          note: noteAfterCrash(step, standing[index] === true, isLate(step)),
        })),
      );
      log.info(
        { steps: steps.length, standing: standing.filter(Boolean).length },
        'restore is taken up again',
      );
      context.onStep('restore:resumed');
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      log.warn({ code: error.code, reason: error.message }, 'steps under way could not be looked at');
      const late = MAY_PASS.has(error.code) ? [] : steps.filter(isLate);
      await note(
        context,
        open,
        late.map((step) => ({ step, note: unseen(step, error) })),
      );
      if (late.length < steps.length) seen = false;
    }
  }
  return seen;
}

/** Notes what became of steps, and what that means for later ones. */
async function note(
  { store, clock, metrics }: JobContext,
  open: readonly RestoreStep[],
  found: readonly { step: RestoreStep; note: StepNote }[],
): Promise<void> {
  const notes = found.flatMap(({ step, note }) => [note, ...skippedBy(step, note, open)]);
  if (notes.length === 0) return;
  await store.decisions.noteSteps(notes, clock.now());
  for (const { status } of notes) if (status !== 'planned') metrics.restoreStep(status);
}

/** Interrupted once, it is sent again however late it is; a step that breaks down whatever sends it is given up. */
function noteAfterCrash(
  { decisionId, stepNo, code }: RestoreStep,
  stands: boolean,
  isLate: boolean,
): StepNote {
  if (stands) return { decisionId, stepNo, status: 'done', code: null, message: null };
  if (!isLate || code !== 'interrupted') {
    const message = 'It was not finished when License Watch stopped, and is done again.';
    return { decisionId, stepNo, status: 'planned', code: 'interrupted', message };
  }
  const message = 'License Watch could not finish it within an hour.';
  return { decisionId, stepNo, status: 'failed', code: 'interrupted', message };
}

function unseen({ decisionId, stepNo }: RestoreStep, { message: reason }: TenantReadError): StepNote {
  const message = `License Watch stopped in the middle of it, and could not find out whether it was done. ${reason}`;
  return { decisionId, stepNo, status: 'failed', code: 'interrupted', message };
}
