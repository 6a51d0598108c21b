import type { Incident } from '../../domain/incident/incident.ts';
import { undoIncident } from '../../domain/incident/life-cycle.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident-view/undo-offer.ts';
import {
  commitDecision,
  type Decided,
  type DecisionContext,
  decisionOf,
  plannedSteps,
  refuse,
} from './decided.ts';
import { openAgain } from './open-again.ts';
import { askSecond, needsSecond } from './second-approval.ts';
import { toTakeBack } from './to-take-back.ts';

/**
 * Takes back what a reassign has written, within a day; the incident is open again. What an undo could not take back
 * another one may.
 */
export async function undo(
  deciding: DecisionContext,
  incident: Incident,
  decisionId: string,
): Promise<Decided> {
  const { context, now } = deciding;
  const { decisions } = context.store;
  if (incident.status !== 'open' && incident.status !== 'restored') {
    return refuse(`This incident is ${incident.status} already.`);
  }
  const log = await decisions.byIncident(incident.id);
  const reassign = log.find(({ id, kind }) => id === decisionId && kind === 'reassign');
  if (!reassign) return refuse('I do not know this reassign.');
  if (incident.request) {
    return refuse(`${incident.request.by.name} has asked for something that waits for a second operator.`);
  }
  const back = toTakeBack(deciding, reassign, log, await decisions.steps(incident.id));
  if (back.kind === 'refused') return back;
  const { steps, userIds } = back;
  if (await needsSecond(deciding, userIds)) {
    const latest = reassign.at + UNDO_WITHIN_MS;
    return askSecond(deciding, incident, { kind: 'undo', userIds, undoes: decisionId, latest });
  }
  const taken = decisionOf(deciding, { kind: 'undo', incidentId: incident.id, userIds, about: decisionId });
  const open = await openAgain(context, incident);
  return commitDecision(context, undoIncident(open, userIds, now), {
    decisions: [taken],
    steps: plannedSteps(steps, taken.id, now),
  });
}
