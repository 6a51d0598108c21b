import type { UserState } from '../../license/user-state.ts';
import type { ExplainedChange } from '../../ports.ts';
import type { RestorePlan } from '../../restore/plan.ts';
import { isConcluded, type RestoreStep } from '../../restore/step.ts';
import type { AffectedUser } from '../view.ts';
import { assignmentErrorNote } from './assignment-error.ts';
import type { IncidentFacts } from './facts.ts';
import { otherwiseNote } from './otherwise.ts';
import { type Standing, standingBySteps } from './restore-standing.ts';
import type { Sight } from './sight.ts';

/**
 * Where each user of the incident stands, whether or not the viewer may see them: the card counts all of them.
 * @param plan what a press of the button would do now; null when it is not offered
 */
export function standingsOf(sight: Sight, plan: RestorePlan | null): Map<string, Standing> {
  const { facts, stored, groupName } = sight;
  const { incident, productName } = facts;
  const changesByUser = Map.groupBy(facts.changes, ({ change }) => change.userId);
  const steps = latestSteps(facts);
  const undos = new Set(facts.decisions.filter(({ kind }) => kind === 'undo').map(({ id }) => id));
  const restored = new Set(incident.restoredUserIds);
  const blocked = new Map(plan?.users.map(({ userId, blocks }) => [userId, blocks[0]?.reason ?? null]));
  return new Map(
    incident.userIds.map((userId): [string, Standing] => {
      const mine = changesByUser.get(userId) ?? [];
      const known = stored.get(userId);
      const state = known?.removedAt === null ? known.state : null;
      if (restored.has(userId)) {
        return [userId, { status: 'restored', note: state && otherwiseNote(mine, state, groupName) }];
      }
      const { status, note } = standingOf(sinceLoss(mine, steps.get(userId) ?? []), undos, facts.now);
      const why = note ?? (status === 'lost' ? (blocked.get(userId) ?? null) : null);
      return [userId, { status, note: errorOf(state, mine, productName) ?? why }];
    }),
  );
}

/** How many users stand where. */
export const countOf = (standings: ReadonlyMap<string, Standing>, status: AffectedUser['status']): number =>
  [...standings.values()].filter((standing) => standing.status === status).length;

/** Of each user the steps of the last decision that concerned them. */
function latestSteps({ steps }: IncidentFacts): Map<string, RestoreStep[]> {
  const latest = new Map<string, RestoreStep[]>();
  for (const step of steps) {
    for (const userId of step.userIds) {
      const ofUser = latest.get(userId);
      if (ofUser?.[0]?.decisionId === step.decisionId) ofUser.push(step);
      else latest.set(userId, [step]);
    }
  }
  return latest;
}

/** Steps that were over when the user lost the license once more say nothing of that loss. */
function sinceLoss(changes: readonly ExplainedChange[], steps: readonly RestoreStep[]): RestoreStep[] {
  const lostAt = Math.max(...changes.map(({ change }) => change.observedAfter));
  return steps.every((step) => isConcluded(step) && step.updatedAt < lostAt) ? [] : [...steps];
}

function standingOf(steps: readonly RestoreStep[], undos: ReadonlySet<string>, now: number): Standing {
  const [first] = steps;
  return first ? standingBySteps(steps, undos.has(first.decisionId), now) : { status: 'lost', note: null };
}

/** What the last read says wins: it is nearer to the truth than what Microsoft answered before. */
function errorOf(
  state: UserState | null,
  changes: readonly ExplainedChange[],
  productName: (skuId: string) => string,
): string | null {
  if (!state?.assignments.some((assignment) => assignment.state === 'Error')) return null;
  const skuIds = new Set(changes.flatMap(({ change }) => change.skuId ?? []));
  return assignmentErrorNote(state, skuIds, productName);
}
