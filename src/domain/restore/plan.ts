import { blocksOf } from './blocks.ts';
import { acceptable } from './check-remedies.ts';
import { isOfGroup } from './checks/problem.ts';
import { SeatPool } from './checks/seats.ts';
import { directRemedies } from './direct-help.ts';
import type { Draft, Remedy } from './draft.ts';
import { draftOf } from './draft-user.ts';
import { lossesOf } from './losses.ts';
import { planGroups } from './plan-group.ts';
import type { RestoreFacts, RestoreOptions, RestorePlan, UserPlan } from './plan-types.ts';
import type { PlannedStep } from './step.ts';
import { type Survey, surveyOf } from './survey.ts';
import { stepsFor } from './user-steps.ts';

/**
 * What gives back what was lost, by the path it came on, or with way `direct` what assigning directly gives
 * back of the rest. A product that a user holds again by any path is not given twice. Seats go to the person who lost
 * theirs first. The same facts give the same plan.
 */
export function planRestore(facts: RestoreFacts, options: RestoreOptions): RestorePlan {
  const { chosen, running, way } = options;
  const survey = surveyOf(facts);
  const seats = new SeatPool(facts.tenant.skus);
  const drafts = lossesOf(facts.changes).map((loss) => draftOf(loss, survey));
  const groupSteps = planGroups(drafts, survey, options, seats);

  // A restore under way has taken its seats, although no read has counted them yet.
  const isRunning = ({ userId }: Draft): boolean => running.has(userId);
  for (const draft of drafts.filter(isRunning)) acceptable(draft, draft.remedies, survey, seats);
  const mine = drafts.filter(({ userId }) => !chosen || chosen.has(userId));
  const planned = mine.map((draft) => ({
    draft,
    remedies: isRunning(draft) ? [] : acceptable(draft, draft.remedies, survey, seats),
  }));

  const rest = seats.whatIsLeft();
  const direct = planned
    .filter(({ draft }) => !isRunning(draft) && draft.problems.some(isOfGroup))
    .map(({ draft, remedies }) => directly(draft, remedies, survey, rest));
  if (way === 'direct') {
    const users = direct
      .filter((one) => one.wanted)
      .map(({ draft, remedies }) => userPlan(draft, remedies, survey, rest, false));
    return { way, groupSteps: [], users };
  }
  const helped = new Set(
    direct.filter(({ remedies }) => remedies.length > 0).map(({ draft }) => draft.userId),
  );
  const users = planned.map(({ draft, remedies }) =>
    isRunning(draft)
      ? underWay(draft, survey, seats)
      : userPlan(draft, remedies, survey, seats, helped.has(draft.userId)),
  );
  return { way, groupSteps, users };
}

/** The user's share in assigning directly, with problems of its own. */
function directly(
  draft: Draft,
  taken: readonly Remedy[],
  survey: Survey,
  seats: SeatPool,
): { draft: Draft; remedies: Remedy[]; wanted: boolean } {
  const wanted = directRemedies(draft, taken);
  const stays = [...draft.stays, ...taken.flatMap(({ gives }) => gives)];
  const own: Draft = { ...draft, restoreAccount: false, stays, problems: [] };
  return { draft: own, remedies: acceptable(own, wanted, survey, seats), wanted: wanted.length > 0 };
}

const userPlan = (
  draft: Draft,
  remedies: readonly Remedy[],
  { facts }: Survey,
  seats: SeatPool,
  directHelps: boolean,
): UserPlan => ({
  userId: draft.userId,
  steps: stepsFor(draft, remedies),
  blocks: blocksOf(draft.problems, facts, (skuId) => seats.short(skuId)),
  directHelps,
});

function underWay({ userId, remedies, stopped }: Draft, { facts }: Survey, seats: SeatPool): UserPlan {
  const skuIds = [
    ...new Set([...remedies.flatMap(({ wanted }) => wanted), ...stopped.map(({ grant }) => grant.skuId)]),
  ];
  const blocks = blocksOf([{ code: 'running', skuIds }], facts, (skuId) => seats.short(skuId));
  return { userId, steps: [], blocks, directHelps: false };
}

/** All steps of a plan in the order in which they are carried out. */
export const stepsOf = (plan: RestorePlan): PlannedStep[] => [
  ...plan.groupSteps,
  ...plan.users.flatMap((user) => user.steps),
];

/** The users for whom a plan does something. */
export const readyUsers = (plan: RestorePlan): Set<string> =>
  new Set(stepsOf(plan).flatMap(({ userIds }) => userIds));
