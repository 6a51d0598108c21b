import type { ExplainedChange } from '../attribution/explained-change.ts';
import { restoredUsers } from '../incident/restored.ts';
import type { LicensedGroup } from '../license/sku.ts';
import { heldSkus, type UserState } from '../license/user-state.ts';
import { isApplied } from '../restore/applied.ts';
import type { RestorePlan } from '../restore/plan-types.ts';
import { isConcluded, type RestoreStep } from '../restore/step.ts';
import { assignmentErrorNote } from './assignment-error.ts';
import { presentAmong, type ViewContext } from './context.ts';
import { otherwiseNote } from './otherwise.ts';
import { type Standing, standingBySteps } from './restore-progress.ts';
import { latestSteps } from './under-way.ts';
import type { AffectedUser } from './view.ts';

const PART_BACK = 'Only a part of it is back.';

/**
 * Where each user of the incident stands, whether or not the viewer may see them: the card counts all of them.
 * @param plan what a press of the button would do now; null when it is not offered
 */
export function standingsOf(context: ViewContext, plan: RestorePlan | null): Map<string, Standing> {
  const { facts, stored, groupName } = context;
  const { incident, productName } = facts;
  const changesByUser = Map.groupBy(facts.changes, ({ change }) => change.userId);
  const steps = latestSteps(facts.steps);
  const undos = new Set(facts.decisions.filter(({ kind }) => kind === 'undo').map(({ id }) => id));
  const restored = new Set(incident.restoredUserIds);
  const all = facts.changes.map(({ change }) => change);
  const holding = restoredUsers(all, presentAmong(facts.users), facts.tenant.skus);
  const blocked = new Map(plan?.users.map(({ userId, blocks }) => [userId, blocks[0]?.reason ?? null]));
  return new Map(
    incident.userIds.map((userId): [string, Standing] => {
      const mine = changesByUser.get(userId) ?? [];
      const known = stored.get(userId);
      const state = known?.removedAt === null ? known.state : null;
      if (restored.has(userId)) {
        return [userId, { status: 'restored', note: state && otherwiseNote(mine, state, groupName) }];
      }
      const error = errorOf(state, mine, productName);
      const since = sinceLoss(mine, steps.get(userId) ?? []);
      const shown = error !== null || isPartBack(mine, state, holding.has(userId));
      const { status, note } = standingOf(
        since,
        undos,
        shown && isAllApplied(since, state, facts.tenant.groups),
        facts.now,
      );
      const block = note === null && status !== 'restoring' ? (blocked.get(userId) ?? null) : null;
      return [userId, { status, note: error ?? note ?? block ?? (status === 'failed' ? PART_BACK : null) }];
    }),
  );
}

/** How many users stand where. */
export const countOf = (standings: ReadonlyMap<string, Standing>, status: AffectedUser['status']): number =>
  [...standings.values()].filter((standing) => standing.status === status).length;

/** Steps that were over when the user lost the license once more say nothing of that loss. */
function sinceLoss(changes: readonly ExplainedChange[], steps: readonly RestoreStep[]): RestoreStep[] {
  const lostAt = Math.max(...changes.map(({ change }) => change.observedAfter));
  return steps.every((step) => isConcluded(step) && step.updatedAt < lostAt) ? [] : [...steps];
}

function standingOf(
  steps: readonly RestoreStep[],
  undos: ReadonlySet<string>,
  shown: boolean,
  now: number,
): Standing {
  const [first] = steps;
  return first
    ? standingBySteps(steps, undos.has(first.decisionId), shown, now)
    : { status: 'lost', note: null };
}

/** Whether some of what was lost is held again, and some is not. */
const isPartBack = (
  changes: readonly ExplainedChange[],
  state: UserState | null,
  holdsAll: boolean,
): boolean => {
  if (!state || holdsAll) return false;
  const held = heldSkus(state);
  return changes.some(({ change }) => change.kind === 'lost' && held.has(change.skuId ?? ''));
};

const isAllApplied = (
  steps: readonly RestoreStep[],
  state: UserState | null,
  groups: readonly LicensedGroup[],
): boolean => state !== null && steps.every(({ action }) => isApplied(action, state, groups));

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
