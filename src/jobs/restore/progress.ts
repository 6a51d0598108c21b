import { touchIncident } from '../../domain/incident/life-cycle.ts';
import { commitNoted, updateNote } from '../alert-notes.ts';
import type { JobContext } from '../context.ts';
import { cardFor } from '../notify.ts';

/** A card is edited at most this often while a restore runs, ms: Teams slows down whoever edits more. */
const EDIT_EVERY_MS = 5_000;

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

/** Tells of a restore while it runs: its card is queued for an edit every few seconds. */
export function createProgress(context: JobContext): (incidentIds: Iterable<string>) => Promise<void> {
  const begunAt = context.clock.now();
  const editedAt = new Map<string, number>();
  return async (incidentIds) => {
    for (const id of new Set(incidentIds)) {
      const now = context.clock.now();
      if (now - (editedAt.get(id) ?? begunAt) < EDIT_EVERY_MS) continue;
      editedAt.set(id, now);
      // Whoever was first has queued the card as well.
      await editCard(context, id);
    }
  };
}
