import { isApplied } from '../restore/applied.ts';
import type { RestoreFacts } from '../restore/plan-types.ts';
import { isConcluded, isInPlace, type RestoreStep } from '../restore/step.ts';
import { SHOWS_WITHIN_MS } from './restore-progress.ts';

/**
 * Of each user the steps of the last decision that concerned them.
 * @param steps in the order in which they were decided
 */
export function latestSteps(steps: readonly RestoreStep[]): Map<string, RestoreStep[]> {
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

/**
 * Users for whom what was decided is not over: a step is open, or all are carried out and the last read does not
 * show it yet. A plan made from that read would do the same once more.
 * @param steps of all decisions about the incident, in the order in which they were decided
 */
export function usersUnderWay(
  steps: readonly RestoreStep[],
  { changes, present, tenant, now }: Pick<RestoreFacts, 'changes' | 'present' | 'tenant' | 'now'>,
): Set<string> {
  const lostAt = new Map<string | null, number>();
  for (const { userId, observedAfter } of changes) {
    lostAt.set(userId, Math.max(lostAt.get(userId) ?? 0, observedAfter));
  }
  const isUnderWay = (userId: string, mine: readonly RestoreStep[]): boolean => {
    if (mine.some((step) => !isConcluded(step))) return true;
    if (!mine.every(isInPlace)) return false;
    const doneAt = Math.max(...mine.map((step) => step.updatedAt));
    // What was lost once more since is lost, whatever was done before; and Microsoft has half an hour.
    if (doneAt < (lostAt.get(userId) ?? 0) || now - doneAt > SHOWS_WITHIN_MS) return false;
    return !mine.every(({ action }) => isApplied(action, present.get(userId), tenant.groups));
  };
  return new Set(
    [...latestSteps(steps)].flatMap(([userId, mine]) => (isUnderWay(userId, mine) ? [userId] : [])),
  );
}
