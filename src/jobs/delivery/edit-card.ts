import { touchIncident } from '../../domain/incident/life-cycle.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';

/** Has the card of an incident brought up to date; false when somebody else did at the same moment. */
export async function editCard(context: JobContext, incidentId: string): Promise<boolean> {
  const { store, clock } = context;
  const incident = await store.incidents.byId(incidentId);
  if (!incident) return true;
  const now = clock.now();
  const next = touchIncident(incident, now);
  return commitNoted(context, {
    incidents: [next],
    verdicts: [],
    settled: [],
    outbox: [cardFor(next, now)],
    alerts: [updateNote(incident, next)],
  });
}
