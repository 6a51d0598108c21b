import type { LicenseGrant } from '../license/license-grant.ts';
import { remedyProblem } from './check-remedies.ts';
import type { SeatPool } from './checks/seats.ts';
import type { Draft, Remedy } from './draft.ts';
import { remedyOf } from './draft-user.ts';
import type { RestoreOptions } from './plan-types.ts';
import type { PlannedStep } from './step.ts';
import type { Survey } from './survey.ts';

/** Those who lost one product through one group that gives it no more. */
type Stopped = { groupId: string; grant: LicenseGrant; drafts: Draft[] };

/**
 * Gives groups the licenses again that they stopped giving: one step a group, for everybody at once. That
 * reaches all of its members, so it is done only when everybody that it would help is to be helped.
 */
export function planGroups(
  drafts: readonly Draft[],
  survey: Survey,
  options: RestoreOptions,
  seats: SeatPool,
): PlannedStep[] {
  const byGroup = new Map<string, { licenses: LicenseGrant[]; userIds: Set<string> }>();
  for (const stopped of stoppedOf(drafts)) {
    const helped = helpedBy(stopped, survey, options, seats);
    if (helped.length === 0) continue;
    const step = byGroup.get(stopped.groupId) ?? { licenses: [], userIds: new Set() };
    byGroup.set(stopped.groupId, step);
    step.licenses.push(stopped.grant);
    for (const draft of helped) {
      step.userIds.add(draft.userId);
      comesBack(draft, stopped, survey);
    }
  }
  return [...byGroup].map(([groupId, { licenses, userIds }]) => ({
    action: { kind: 'license-group', groupId, licenses },
    undo: { kind: 'unlicense-group', groupId, skuIds: licenses.map(({ skuId }) => skuId) },
    userIds: [...userIds],
  }));
}

/** The user has the product through the group then; who has left the group needs to be added, too. */
function comesBack(draft: Draft, { groupId, grant }: Stopped, survey: Survey): void {
  draft.stays.push(grant);
  const own = draft.stopped.find((one) => one.groupId === groupId && one.grant.skuId === grant.skuId);
  if (own?.left) remedyOf(draft, 'join', groupId, survey).wanted.push(grant.skuId);
}

function stoppedOf(drafts: readonly Draft[]): Stopped[] {
  const found = new Map<string, Stopped>();
  for (const draft of drafts) {
    for (const { groupId, grant } of draft.stopped) {
      const key = `${groupId} ${grant.skuId}`;
      const stopped = found.get(key) ?? { groupId, grant, drafts: [] };
      found.set(key, stopped);
      stopped.drafts.push(draft);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stopped]) => stopped);
}

/** The users that the group's license would help, when that can be done; else why not goes to their problems. */
function helpedBy(
  { groupId, grant, drafts }: Stopped,
  survey: Survey,
  { chosen, running }: RestoreOptions,
  seats: SeatPool,
): Draft[] {
  const { skuId } = grant;
  const skuIds = [skuId];
  const remedy: Remedy = { by: 'join', groupId, wanted: skuIds, gives: [grant], now: null };
  const waiting = drafts.filter(({ userId }) => !running.has(userId));
  const reached = waiting.filter((draft) => {
    const problem = remedyProblem(draft, remedy, survey) ?? servicePlanProblem(draft, remedy, survey);
    if (problem) draft.problems.push(problem);
    return problem === null;
  });
  if (chosen && reached.some(({ userId }) => !chosen.has(userId))) {
    const users = reached.length;
    for (const { problems } of reached) problems.push({ code: 'group-stopped', skuIds, groupId, users });
    return [];
  }
  const short = seats.claimForAll(
    reached.map(({ userId }) => userId),
    skuId,
  );
  if (!short) return reached;
  for (const { problems } of reached) {
    problems.push({ code: 'no-seats', skuIds, short: skuId, group: { id: groupId, ...short } });
  }
  return [];
}

/** Whether what else the user lost and has leaves room for the license's service plans. */
function servicePlanProblem(draft: Draft, remedy: Remedy, { plans }: Survey) {
  const others = draft.remedies.map(({ gives }) => gives);
  const stopped = draft.stopped.map(({ grant }) => [grant]);
  const found = plans.troubleOf(draft.stays, [remedy.gives, ...others, ...stopped]);
  return found?.at === 0 ? { ...found.trouble, skuIds: remedy.wanted } : null;
}
