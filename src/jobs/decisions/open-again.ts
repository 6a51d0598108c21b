import type { Decision } from '../../domain/incident/decision.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import type { JobContext } from '../context.ts';
import { type DecisionContext, decisionOf } from './decided.ts';

/** A restored or approved incident opens again; a newer one may have its fingerprint by now, so that it gets its own. */
export async function openAgain({ store }: JobContext, incident: Incident): Promise<Incident> {
  if (incident.status === 'open') return incident;
  const rival = await store.incidents.openByFingerprint(incident.fingerprint);
  const fingerprint = rival ? `${incident.fingerprint}|${incident.id}` : incident.fingerprint;
  return { ...incident, status: 'open', hiddenByRuleId: null, fingerprint };
}

/** The rule that this incident's approval made, ended now, with its row in the log; nothing where it made none. */
export async function endOfRule(
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
  const rules = await store.suppression.rules();
  return rules.find(({ incidentId, endedAt }) => incidentId === id && endedAt === null) ?? null;
}
