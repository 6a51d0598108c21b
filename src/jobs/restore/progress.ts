import type { JobContext } from '../context.ts';
import { editCard } from '../delivery/edit-card.ts';

/** A card is edited at most this often while a restore runs, ms: Teams slows down a bot that edits more. */
const EDIT_EVERY_MS = 5_000;

/** Shows a restore while it runs: its card is queued for an edit every few seconds. */
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
