import type { Incident } from '../domain/incident/incident.ts';
import { closeRequest } from '../domain/incident/life-cycle.ts';
import { OURSELVES } from '../domain/standing/ourselves.ts';
import type { JobContext } from './context.ts';
import { decisionOf } from './decisions/decided.ts';
import { commitNoted, updateNote } from './delivery/alert-notes.ts';
import { cardFor } from './delivery/outgoing.ts';

/** An undo may be asked for on an incident that is over: such a request is found by its decision. */
const RECENT_DECISIONS = 200;

/**
 * Closes requests for a second operator that nobody answered in time, and notes that in the decision log.
 * @returns how many expired
 */
export async function expireRequests(context: JobContext): Promise<number> {
  const now = context.clock.now();
  let expired = 0;
  for (const incident of await withRequests(context)) {
    const { request } = incident;
    if (request === null || request.expiresAt > now) continue;
    const next = closeRequest(incident, now);
    const taken = decisionOf(
      { context, by: OURSELVES, now },
      { kind: 'expire', incidentId: incident.id, about: request.id },
    );
    context.onStep('expire-requests:before-commit');
    const committed = await commitNoted(context, {
      incidents: [next],
      verdicts: [],
      settled: [],
      outbox: [cardFor(next, now)],
      alerts: [updateNote(incident, next)],
      decisions: [taken],
    });
    if (committed) expired++;
  }
  return expired;
}

async function withRequests({ store }: JobContext): Promise<Incident[]> {
  const incidents = new Map((await store.incidents.open()).map((incident) => [incident.id, incident]));
  for (const { kind, incidentId } of await store.decisions.recent(RECENT_DECISIONS)) {
    if (kind !== 'request' || incidentId === null || incidents.has(incidentId)) continue;
    const incident = await store.incidents.byId(incidentId);
    if (incident) incidents.set(incidentId, incident);
  }
  return [...incidents.values()];
}
