import type { Incident } from '../../domain/incident/incident.ts';
import { touchIncident } from '../../domain/incident/life-cycle.ts';
import { ownerOf } from '../../domain/routing/reaction.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  outsideScope,
  refuse,
} from './decided.ts';

/** Notes that somebody is on an incident, so that nobody is called for it. Who takes it later has it. */
export async function takeOn(
  deciding: DecisionContext,
  incident: Incident,
  note: string | null,
): Promise<Decided> {
  const { context, by, access, now } = deciding;
  const tooFar = outsideScope(access.acts, incident.userIds);
  if (tooFar) return tooFar;
  const owner = ownerOf(await context.store.decisions.byIncident(incident.id));
  if (owner?.by.aadObjectId === by.aadObjectId && owner.note === note) {
    return refuse('You are on it already.');
  }
  const taken = decisionOf(deciding, { kind: 'take-on', incidentId: incident.id, reason: note });
  return commitDecision(context, touchIncident(incident, now), { decisions: [taken] });
}
