import type { Incident } from '../../domain/incident/incident.ts';
import { touchIncident } from '../../domain/incident/life-cycle.ts';
import { approvalToTakeBack } from '../../domain/incident/reopen.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  refuse,
} from './decided.ts';
import { endOfRule, openAgain } from './open-again.ts';

/** Takes an approval back within a day: the incident is open again, and the rule that it made ends. */
export async function reopen(
  deciding: DecisionContext,
  incident: Incident,
  reason: string,
): Promise<Decided> {
  const { context, access, now } = deciding;
  if (incident.status !== 'approved') {
    return refuse(`This incident is ${incident.status}: there is no approval to take back.`);
  }
  const tooFar = outsideScope(access.acts, incident.userIds);
  if (tooFar) return tooFar;
  const log = await context.store.decisions.byIncident(incident.id);
  if (!approvalToTakeBack(log, now)) {
    return refuse('An approval can be taken back for a day. Ask me to assign the licenses instead.');
  }
  const { rule, decisions } = await endOfRule(deciding, incident);
  const taken = decisionOf(deciding, {
    kind: 'reopen',
    incidentId: incident.id,
    userIds: incident.userIds,
    reason,
  });
  const open = await openAgain(context, incident);
  return commitDecision(context, touchIncident(open, now), {
    decisions: [taken, ...decisions],
    ...(rule ? { rule } : {}),
  });
}
