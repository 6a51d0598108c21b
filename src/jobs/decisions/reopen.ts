import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { touchIncident } from '../../domain/incident/life-cycle.ts';
import { approvalToTakeBack } from '../../domain/incident/reopen.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import type { JobContext } from '../context.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  refuse,
} from './decided.ts';
import { openAgain } from './open-again.ts';

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

/** The rule that this incident's approval made, ended now, with its row in the log; nothing where it made none. */
async function endOfRule(
  deciding: DecisionContext,
  incident: Incident,
): Promise<{ rule: SuppressionRule | null; decisions: Decision[] }> {
  const { now, by } = deciding;
  const made = await ruleMadeBy(deciding.context, incident);
  if (!made) return { rule: null, decisions: [] };
  const ended = decisionOf(deciding, { kind: 'end-rule', incidentId: incident.id, about: made.id });
  return { rule: { ...made, endedAt: now, endedBy: by }, decisions: [ended] };
}

async function ruleMadeBy({ store }: JobContext, { id }: Incident): Promise<SuppressionRule | null> {
  const rules = await store.standing.rules();
  return rules.find(({ incidentId, endedAt }) => incidentId === id && endedAt === null) ?? null;
}
