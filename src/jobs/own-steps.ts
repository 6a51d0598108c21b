import type { OwnStep } from '../domain/attribution/own-work.ts';
import type { JobContext } from './context.ts';

/** Decisions older than the last so many are carried out, or never will be. */
const RECENT_DECISIONS = 200;

/** The restores that we carried out between two instants (ms UTC), each with the name of who decided it. */
export async function ownSteps({ store }: JobContext, from: number, to: number): Promise<OwnStep[]> {
  const decisions = (await store.decisions.recent(RECENT_DECISIONS)).filter(
    ({ kind, at }) => kind === 'reassign' && at <= to,
  );
  const deciders = new Map(decisions.map(({ id, by }) => [id, by.name]));
  const found: OwnStep[] = [];
  for (const incidentId of new Set(decisions.flatMap((decision) => decision.incidentId ?? []))) {
    for (const step of await store.decisions.steps(incidentId)) {
      const by = deciders.get(step.decisionId);
      if (by === undefined || step.status !== 'done' || step.updatedAt < from || step.updatedAt > to)
        continue;
      const skuIds = step.addLicenses.map(({ skuId }) => skuId);
      found.push({ userId: step.userId, skuIds, at: step.updatedAt, by });
    }
  }
  return found;
}
