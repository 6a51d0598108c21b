import { SHOWN_WITHIN_MS, stepsBehind } from '../../domain/attribution/own-work.ts';
import type { OwnStep } from '../../domain/attribution/verdict.ts';
import { windowOf } from '../../domain/attribution/window.ts';
import type { DetectedChange } from '../../domain/license/change.ts';
import { ownStepsOf } from '../../domain/restore/own-step.ts';
import type { StepStatus } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';

/** A step on its way may have reached Microsoft before anybody noted it. */
const CARRIED_OUT: ReadonlySet<StepStatus> = new Set(['sending', 'done']);

/**
 * What we did ourselves that a change between two instants (ms UTC) may show, each with the name of who decided
 * it: also what came before, for groups take their time.
 */
export async function ownSteps({ store }: JobContext, from: number, to: number): Promise<OwnStep[]> {
  const noted = await store.decisions.notedSteps(from - SHOWN_WITHIN_MS, to + 1);
  const steps = noted.filter(({ status }) => CARRIED_OUT.has(status));
  const decisions = await store.decisions.byIds([...new Set(steps.map((step) => step.decisionId))]);
  const deciders = new Map(decisions.map(({ id, by }) => [id, by.name]));
  return steps.flatMap((step) => {
    const by = deciders.get(step.decisionId);
    return by === undefined ? [] : ownStepsOf(step, by);
  });
}

/** Those of the changes between two reads that somebody else had a hand in. */
export async function notOurs(
  context: JobContext,
  changes: readonly DetectedChange[],
  reads: { observedBefore: number; observedAfter: number },
): Promise<DetectedChange[]> {
  const window = windowOf(reads);
  const steps = Map.groupBy(await ownSteps(context, window.from, window.to), ({ userId }) => userId);
  const forAll = steps.get(null) ?? [];
  return changes.filter((change) => {
    const own = [...(steps.get(change.userId) ?? []), ...forAll];
    return stepsBehind(change, own, window).length === 0;
  });
}
