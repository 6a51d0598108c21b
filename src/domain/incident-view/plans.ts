import { inScope, inScopeOf, type Scope } from '../access/scope.ts';
import type { RestoreWay } from '../incident/decision.ts';
import { planRestore } from '../restore/plan.ts';
import type { RestoreFacts, RestoreOptions, RestorePlan } from '../restore/plan-types.ts';
import { planViewOf } from '../restore/plan-view.ts';
import type { PlanView } from '../restore/plan-view-types.ts';
import type { ViewContext } from './context.ts';
import { usersUnderWay } from './under-way.ts';

/** What a press would do now, and how a card shows it. */
export type Plans = {
  plan: RestorePlan | null;
  view: PlanView | null;
  direct: PlanView | null;
};

/**
 * What a press of Reassign would do, and what assigning directly would. Made for those that the viewer may act
 * on, as the decision makes them: only so is the plan that was shown the plan that is carried out. What was approved
 * can be given back, too, which takes the approval back.
 */
export function plansOf(context: ViewContext, restore: RestoreFacts): Plans {
  const { incident } = context.facts;
  if (incident.status !== 'open' && incident.status !== 'approved')
    return { plan: null, view: null, direct: null };
  const plan = planRestore(restore, optionsOf(context, restore, 'as-it-was'));
  const view = planFor(context, restore, plan);
  const helps = incident.request === null && plan.users.some(({ directHelps }) => directHelps);
  const direct = helps
    ? planFor(context, restore, planRestore(restore, optionsOf(context, restore, 'direct')))
    : null;
  return { plan, view, direct: direct !== null && direct.ready > 0 ? direct : null };
}

/**
 * What a request that waits would do for these users, as far as the viewer may see them.
 * @param userIds null means all of the incident
 */
export function requestedPlan(
  context: ViewContext,
  restore: RestoreFacts,
  userIds: readonly string[] | null,
  way: RestoreWay,
): PlanView | null {
  const seen = userIds ?? context.facts.incident.userIds;
  const chosen = context.hidden.size === 0 ? userIds : inScopeOf(context.facts.sees, seen);
  return planFor(
    context,
    restore,
    planRestore(restore, { chosen: chosen && new Set(chosen), way, running: runningIn(context, restore) }),
  );
}

function optionsOf(context: ViewContext, restore: RestoreFacts, way: RestoreWay): RestoreOptions {
  const { incident, acts } = context.facts;
  const chosen = acts === null ? null : new Set(inScopeOf(acts, incident.userIds));
  return { chosen, way, running: runningIn(context, restore) };
}

const runningIn = ({ facts }: ViewContext, restore: RestoreFacts): Set<string> =>
  usersUnderWay(facts.steps, restore);

/** Null when the plan neither does anything nor has a reason why not: there is nothing to give back. */
function planFor(context: ViewContext, restore: RestoreFacts, plan: RestorePlan): PlanView | null {
  const view = planViewOf(plan, restore, context.nameOf, context.groupName);
  if (view.ready === 0 && view.blocked === 0) return null;
  return visible(view, context.facts.sees);
}

const visible = (view: PlanView, sees: Scope): PlanView => ({
  ...view,
  lines: view.lines.filter(({ userId }) => inScope(sees, userId)),
});
