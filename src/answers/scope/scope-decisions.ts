import { inScopeOf } from '../../domain/access/scope.ts';
import type { Decision } from '../../domain/incident/decision.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import type { AnswerStore } from '../answer/deps.ts';

/**
 * The decision log as somebody sees it who sees only these users: without what was decided about others, and
 * without the others of a decision about several.
 */
export function scopedDecisions(
  decisions: AnswerStore['decisions'],
  incidents: AnswerStore['incidents'],
  sees: ReadonlySet<string>,
): AnswerStore['decisions'] {
  /** Whether an incident has a user who is seen, or none at all. */
  const isSeen = async (incidentId: string): Promise<boolean> => {
    const userIds = (await incidents.byId(incidentId))?.userIds ?? [];
    return userIds.length === 0 || userIds.some((id) => sees.has(id));
  };
  const visible = async (all: readonly Decision[]): Promise<Decision[]> => {
    // Several decisions are about one incident; users may join it later, so that this is known for one call only.
    const seen = new Map<string, boolean>();
    const kept: Decision[] = [];
    for (const decision of all) {
      const { incidentId, subject } = decision;
      const userIds = decision.userIds && inScopeOf(sees, decision.userIds);
      if (userIds?.length === 0 && decision.userIds?.length !== 0) continue;
      if (subject?.kind === 'user' && !sees.has(subject.id)) continue;
      if (incidentId !== null) {
        if (!seen.has(incidentId)) seen.set(incidentId, await isSeen(incidentId));
        if (!seen.get(incidentId)) continue;
      }
      kept.push({ ...decision, userIds });
    }
    return kept;
  };
  return {
    /** Reads on until enough of them are visible. */
    async recent(limit) {
      for (let asked = limit; ; asked *= 4) {
        const found = await decisions.recent(asked);
        const kept = await visible(found);
        if (kept.length >= limit || found.length < asked) return kept.slice(0, limit);
      }
    },

    byIncident: async (incidentId) => visible(await decisions.byIncident(incidentId)),

    async *between(from, to) {
      for await (const chunk of decisions.between(from, to)) yield await visible(chunk);
    },

    stepsOf: async (decisionId) =>
      (await decisions.stepsOf(decisionId)).flatMap((step) => narrowStep(step, sees) ?? []),
  };
}

function narrowStep(step: RestoreStep, sees: ReadonlySet<string>): RestoreStep | null {
  const userIds = inScopeOf(sees, step.userIds);
  return userIds.length === 0 ? null : { ...step, userIds };
}
