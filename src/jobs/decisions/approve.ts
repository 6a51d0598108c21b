import { DAY_MS } from '../../domain/durations.ts';
import type { DecisionRequest } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { approveIncident } from '../../domain/incident/life-cycle.ts';
import { isConcluded } from '../../domain/restore/step.ts';
import { maxUsersOf, ruleMatchOf } from '../../domain/suppression/rule-match.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  refuse,
  waitingFirst,
} from './decided.ts';

/** No rule is forever: what was true a year ago deserves another look. */
const MAX_RULE_MS = 366 * DAY_MS;

/** The change was intended: the incident is over, and with a rule those like it are expected until its end. */
export async function approve(
  deciding: DecisionContext,
  incident: Incident,
  { reason, ruleUntil }: Extract<DecisionRequest, { kind: 'approve' }>,
): Promise<Decided> {
  const { context, access, now } = deciding;
  const tooFar = outsideScope(access.acts, incident.userIds);
  if (tooFar) return tooFar;
  if ((await context.store.decisions.steps(incident.id)).some((step) => !isConcluded(step))) {
    return refuse('A reassign is being carried out. Please wait until it is done.');
  }
  if (incident.request) return refuse(waitingFirst(incident.request));
  const { userIds } = incident;
  const taken = decisionOf(deciding, { kind: 'approve', incidentId: incident.id, userIds, reason });
  if (ruleUntil === null) {
    return commitDecision(context, approveIncident(incident, now), { decisions: [taken] });
  }
  if (access.acts !== null) {
    return refuse('A rule concerns all users: somebody who may act on all of them has to make it.');
  }
  const match = ruleMatchOf(incident);
  if (!match) {
    return refuse('I cannot make a rule of this: neither who did it nor a group is known. Approve it alone.');
  }
  const wrong = wrongEnd(ruleUntil, now);
  if (wrong) return wrong;
  const rule: SuppressionRule = {
    id: context.newId(),
    incidentId: incident.id,
    by: deciding.by,
    at: now,
    reason,
    until: ruleUntil,
    endedAt: null,
    endedBy: null,
    match,
    maxUsers: maxUsersOf(incident),
  };
  const made = decisionOf(deciding, {
    kind: 'make-rule',
    incidentId: incident.id,
    reason,
    until: ruleUntil,
    about: rule.id,
  });
  return commitDecision(context, approveIncident(incident, now), {
    decisions: [taken, made],
    rule,
  });
}

/** Why a rule cannot end then; null when it can. */
export function wrongEnd(until: number, now: number): Decided | null {
  if (until <= now) return refuse('The end of a rule must lie ahead.');
  return until - now > MAX_RULE_MS ? refuse('A rule lasts for a year at most.') : null;
}
