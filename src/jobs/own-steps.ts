import { type OwnStep, ownStepOf, SHOWN_WITHIN_MS } from '../domain/attribution/own-work.ts';
import type { StepStatus } from '../domain/restore/step.ts';
import type { JobContext } from './context.ts';

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
    return by === undefined ? [] : [ownStepOf(step, by)];
  });
}
