import { readyUsers, stepsOf } from './plan.ts';
import { planDigest } from './plan-digest.ts';
import { planSentence } from './plan-sentence.ts';
import type { RestoreFacts, RestorePlan } from './plan-types.ts';
import type { PlanView } from './plan-view-types.ts';
import { type StepNames, setsServicePlans, stepInWords } from './step-words.ts';

/**
 * A plan as the card shows it, before anything is written: in a sentence, and a line for each user for whom
 * something is done or cannot be.
 * @param facts those that the plan was made from
 */
export function planViewOf(
  plan: RestorePlan,
  facts: Pick<RestoreFacts, 'tenant' | 'productName' | 'servicePlanName'>,
  nameOf: (userId: string) => string,
  groupName: (groupId: string) => string,
): PlanView {
  const { tenant, productName, servicePlanName } = facts;
  const names: StepNames = { groups: tenant.groups, productName, servicePlanName, groupName };
  const throughGroup = Map.groupBy(
    plan.groupSteps.flatMap((step) => step.userIds.map((userId) => ({ userId, step }))),
    ({ userId }) => userId,
  );
  const lines = plan.users
    .map(({ userId, steps, blocks }) => ({
      userId,
      name: nameOf(userId),
      does: [...(throughGroup.get(userId) ?? []).map(({ step }) => step), ...steps].map((step) =>
        stepInWords(step, names),
      ),
      blocked: blocks.map(({ reason, wayOut }) => ({ reason, wayOut })),
    }))
    .filter(({ does, blocked }) => does.length + blocked.length > 0);
  return {
    digest: planDigest(plan),
    sentence: planSentence(plan, names, nameOf),
    lines,
    ready: readyUsers(plan).size,
    blocked: lines.filter(({ blocked }) => blocked.length > 0).length,
    direct: stepsOf(plan).every((step) => step.action.kind === 'assign' && !setsServicePlans(step)),
  };
}
