import { inScopeOf } from '../../domain/access/scope.ts';
import type { Decision, DecisionRequest } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { touchIncident } from '../../domain/incident/life-cycle.ts';
import { stepsOf } from '../../domain/restore/plan.ts';
import { planDigest } from '../../domain/restore/plan-digest.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  plannedSteps,
  refuse,
  usersOf,
} from './decided.ts';
import { otherPlan, planner, whyNothing } from './incident-plan.ts';
import { endOfRule, openAgain } from './open-again.ts';
import { askSecond, needsSecond } from './second-approval.ts';

type Reassign = Extract<DecisionRequest, { kind: 'reassign' }>;

/**
 * Gives back what was lost, to all users of the incident or to those chosen. Whoever may act on some users only
 * gives back to these. Nothing is decided on a plan that has changed since it was shown.
 */
export async function reassign(
  deciding: DecisionContext,
  incident: Incident,
  request: Reassign,
): Promise<Decided> {
  const { context, access, now } = deciding;
  if (incident.request) {
    return refuse(`${incident.request.by.name} has asked for this: it waits for a second operator.`);
  }
  const wanted = request.userIds ?? inScopeOf(access.acts, incident.userIds);
  // First of all: whether somebody outside belongs to the incident is none of their business.
  const tooFar = outsideScope(access.acts, wanted);
  if (tooFar) return tooFar;
  const belong = new Set(incident.userIds);
  if (wanted.some((userId) => !belong.has(userId))) {
    return refuse('Some of these users do not belong to this incident.');
  }
  if (wanted.length === 0 && incident.userIds.length > 0) {
    return refuse('None of these users is in your administrative units: somebody else has to decide it.');
  }
  const plans = planner(context, incident, request.way, now);
  if (request.plan !== null) {
    const shown = await plans(access.acts === null ? null : inScopeOf(access.acts, incident.userIds));
    if (planDigest(shown) !== request.plan) return otherPlan(request.plan);
  }
  const plan = await plans(request.userIds === null && access.acts === null ? null : wanted);
  const steps = stepsOf(plan);
  if (steps.length === 0) return refuse(whyNothing(plan));
  const { way, userIds } = request;
  const written = usersOf(steps);
  const open = await openAgain(context, incident);
  const { rule, decisions: before } = await takeBackApproval(deciding, incident);
  if (await needsSecond(deciding, written)) {
    const asked = { kind: 'reassign', userIds: scopedTo(wanted, userIds, access), way } as const;
    return askSecond(deciding, open, asked, before, rule);
  }
  const taken = decisionOf(deciding, {
    kind: 'reassign',
    incidentId: incident.id,
    // Whoever has it again already is not written to, and the log does not say so.
    userIds: written,
    way,
  });
  return commitDecision(context, touchIncident(open, now), {
    decisions: [...before, taken],
    steps: plannedSteps(steps, taken.id, now),
    ...(rule ? { rule } : {}),
  });
}

/** Giving back what somebody approved takes the approval back with the rule that it made, and the log says so. */
async function takeBackApproval(
  deciding: DecisionContext,
  incident: Incident,
): Promise<{ rule: SuppressionRule | null; decisions: Decision[] }> {
  if (incident.status !== 'approved') return { rule: null, decisions: [] };
  const { id, userIds } = incident;
  const reopened = decisionOf(deciding, {
    kind: 'reopen',
    incidentId: id,
    userIds,
    reason: 'Reassigned after all',
  });
  const { rule, decisions } = await endOfRule(deciding, incident);
  return { rule, decisions: [reopened, ...decisions] };
}

/** "All" of somebody who may act on some users only are just these: the log must not say more. */
const scopedTo = (
  wanted: string[],
  asked: string[] | null,
  { acts }: DecisionContext['access'],
): string[] | null => (asked === null && acts === null ? null : wanted);
