import { MAX_WRITES_AT_ONCE } from '../../domain/ports.ts';
import type { RestoreStep, StepAction } from '../../domain/restore/step.ts';

export type StepKey = Pick<RestoreStep, 'decisionId' | 'stepNo'>;

/** Names a step among those of all decisions. */
export const keyOf = ({ decisionId, stepNo }: StepKey): string => `${decisionId}#${stepNo}`;

/**
 * The steps to send next, at most as many as one batch takes: never two for the same user, nor one for a user
 * or on a group's licenses while an earlier one is open. Those that were tried least often come first, so that
 * one that Microsoft cannot take now holds up nobody else.
 * @param open steps without an outcome, in the order in which they are to be carried out
 * @param tries how often a step was sent in vain, by its key
 */
export function nextBatch(open: readonly RestoreStep[], tries: ReadonlyMap<string, number>): RestoreStep[] {
  const taken = new Set<string>();
  const ready: RestoreStep[] = [];
  for (const step of open) {
    const { users, group } = touchedBy(step);
    const isFree = users.every((user) => !taken.has(user)) && (group === null || !taken.has(group));
    if (step.status === 'planned' && isFree) ready.push(step);
    for (const user of users) taken.add(user);
    // Members of one group can be changed side by side; its licenses cannot.
    if (group !== null && setsGroupLicenses(step.action)) taken.add(group);
  }
  const triesOf = (step: RestoreStep): number => tries.get(keyOf(step)) ?? 0;
  return ready.toSorted((a, b) => triesOf(a) - triesOf(b)).slice(0, MAX_WRITES_AT_ONCE);
}

/**
 * The steps that have lost their ground by a step that did not succeed: the later ones of the same decision,
 * for nobody but its users.
 */
export function stepsAfter(failed: RestoreStep, open: readonly RestoreStep[]): RestoreStep[] {
  const users = new Set(failed.userIds);
  return open.filter(
    (step) =>
      step.decisionId === failed.decisionId &&
      step.stepNo > failed.stepNo &&
      step.status === 'planned' &&
      step.userIds.every((userId) => users.has(userId)),
  );
}

const setsGroupLicenses = ({ kind }: StepAction): boolean =>
  kind === 'license-group' || kind === 'unlicense-group';

const touchedBy = ({ action, userIds }: RestoreStep): { users: string[]; group: string | null } => ({
  users: userIds.map((userId) => `user:${userId}`),
  group: 'groupId' in action ? `group:${action.groupId}` : null,
});
