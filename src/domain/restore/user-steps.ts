import type { LicenseGrant } from '../license/license-grant.ts';
import type { Draft, Remedy } from './draft.ts';
import type { PlannedStep, StepAction } from './step.ts';

/**
 * The steps of one user in their order: the account, what is assigned directly (at once), then the groups,
 * which take their time, and may depend on it.
 */
export function stepsFor({ userId, restoreAccount }: Draft, remedies: readonly Remedy[]): PlannedStep[] {
  const step = (action: StepAction, undo: StepAction | null): PlannedStep => ({
    action,
    undo,
    userIds: [userId],
  });
  const by = (kind: Remedy['by']): Remedy[] => remedies.filter((remedy) => remedy.by === kind);
  const steps: PlannedStep[] = [];
  if (restoreAccount) steps.push(step({ kind: 'restore-account', userId }, null));

  const licenses = inOrder(by('direct').flatMap(({ gives }) => gives));
  if (licenses.length > 0) {
    const skuIds = licenses.map(({ skuId }) => skuId);
    steps.push(step({ kind: 'assign', userId, licenses }, { kind: 'unassign', userId, skuIds }));
  }
  const replanned = by('service-plans');
  if (replanned.length > 0) {
    const then = inOrder(replanned.flatMap(({ gives }) => gives));
    const now = inOrder(replanned.flatMap((remedy) => remedy.now ?? []));
    steps.push(step({ kind: 'assign', userId, licenses: then }, { kind: 'assign', userId, licenses: now }));
  }
  for (const groupId of by('join')
    .flatMap((remedy) => remedy.groupId ?? [])
    .sort()) {
    steps.push(
      step({ kind: 'add-to-group', userId, groupId }, { kind: 'remove-from-group', userId, groupId }),
    );
  }
  // Once is enough: Microsoft looks at all of the user's groups.
  if (by('reprocess').length > 0) steps.push(step({ kind: 'reprocess', userId }, null));
  return steps;
}

const inOrder = (licenses: readonly LicenseGrant[]): LicenseGrant[] =>
  licenses
    .map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans: [...disabledPlans] }))
    .sort((a, b) => (a.skuId < b.skuId ? -1 : 1));
