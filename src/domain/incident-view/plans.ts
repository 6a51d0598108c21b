import { type Scope, takesIn, within } from '../access/scope.ts';
import type { RestoreWay } from '../incident/decision.ts';
import { planRestore } from '../restore/plan.ts';
import type { RestoreFacts, RestoreOptions, RestorePlan } from '../restore/plan-types.ts';
import { planViewOf } from '../restore/plan-view.ts';
import type { PlanView } from '../restore/plan-view-types.ts';
import type { Sight } from './sight.ts';
import { usersUnderWay } from './under-way.ts';

/** What a press would do now, and how a card shows it. */
export type Plans = {
  plan: RestorePlan | null;
  view: PlanView | null;
  direct: PlanView | null;
};

/**
 * What a press of Reassign would do, and what assigning directly would. Made for those whom the viewer may act
 * on, as the decision makes them: only so is the plan that was shown the plan that is carried out. What was approved
 * can be given back, too, which takes the approval back.
 */
export function plansOf(sight: Sight, restore: RestoreFacts): Plans {
  const { incident } = sight.facts;
  if (incident.status !== 'open' && incident.status !== 'approved')
    return { plan: null, view: null, direct: null };
  const plan = planRestore(restore, optionsOf(sight, restore, 'as-it-was'));
  const view = planFor(sight, restore, plan);
  const helps = incident.request === null && plan.users.some(({ directHelps }) => directHelps);
  const direct = helps
    ? planFor(sight, restore, planRestore(restore, optionsOf(sight, restore, 'direct')))
    : null;
  return { plan, view, direct: direct !== null && direct.ready > 0 ? direct : null };
}

/**
 * What a request that waits would do for these users, as far as the viewer may see them.
 * @param userIds null means all of the incident
 */
export function requestedPlan(
  sight: Sight,
  restore: RestoreFacts,
  userIds: readonly string[] | null,
  way: RestoreWay,
): PlanView | null {
  const seen = userIds ?? sight.facts.incident.userIds;
  const chosen = sight.hidden.size === 0 ? userIds : within(sight.facts.sees, seen);
  return planFor(
    sight,
    restore,
    planRestore(restore, { chosen: chosen && new Set(chosen), way, running: runningIn(sight, restore) }),
  );
}

function optionsOf(sight: Sight, restore: RestoreFacts, way: RestoreWay): RestoreOptions {
  const { incident, acts } = sight.facts;
  const chosen = acts === null ? null : new Set(within(acts, incident.userIds));
  return { chosen, way, running: runningIn(sight, restore) };
}

const runningIn = ({ facts }: Sight, restore: RestoreFacts): Set<string> =>
  usersUnderWay(facts.steps, restore);

/** Null when the plan neither does anything nor has a reason why not: there is nothing to give back. */
function planFor(sight: Sight, restore: RestoreFacts, plan: RestorePlan): PlanView | null {
  const view = planViewOf(plan, restore, sight.nameOf, sight.groupName);
  if (view.ready === 0 && view.blocked === 0) return null;
  return visible(view, sight.facts.sees);
}

const visible = (view: PlanView, sees: Scope): PlanView => ({
  ...view,
  lines: view.lines.filter(({ userId }) => takesIn(sees, userId)),
});
