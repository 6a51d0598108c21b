import type { Incident } from '../../domain/incident/incident.ts';
import { undoIncident } from '../../domain/incident/life-cycle.ts';
import { UNDO_WITHIN_MS } from '../../domain/incident/view/undo-offer.ts';
import { leftToUndo, undosOf } from '../../domain/restore/left-to-undo.ts';
import { isConcluded } from '../../domain/restore/step.ts';
import {
  beyond,
  commitDecision,
  type Decided,
  decisionOf,
  plannedSteps,
  refuse,
  type Taking,
  usersOf,
} from './decided.ts';
import { openAgain } from './open-again.ts';
import { askSecond, needsSecond } from './second-approval.ts';

/**
 * Takes back what a reassign has written, within a day; the incident is open again. What an undo could not take back
 * another one may.
 */
export async function undo(taking: Taking, incident: Incident, decisionId: string): Promise<Decided> {
  const { context, access, now } = taking;
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
  if (now - reassign.at > UNDO_WITHIN_MS) return refuse('A reassign can be undone for 24 hours only.');
  const done = await decisions.steps(incident.id);
  if (done.some((step) => !isConcluded(step))) {
    return refuse('The reassign is still being carried out. Please wait until it is done.');
  }
  const steps = leftToUndo(decisionId, log, done);
  if (steps.length === 0) {
    const before = undosOf(decisionId, log).length;
    return refuse(before > 0 ? 'This was undone already.' : 'There is nothing to take back.');
  }
  const userIds = usersOf(steps);
  const tooFar = beyond(access.acts, userIds);
  if (tooFar) return tooFar;
  if (needsSecond(context, userIds.length)) {
    const latest = reassign.at + UNDO_WITHIN_MS;
    return askSecond(taking, incident, { kind: 'undo', userIds, undoes: decisionId, latest });
  }
  const taken = decisionOf(taking, { kind: 'undo', incidentId: incident.id, userIds, about: decisionId });
  const open = await openAgain(context, incident);
  return commitDecision(context, undoIncident(open, userIds, now), {
    decisions: [taken],
    steps: plannedSteps(steps, taken.id, now),
  });
}
