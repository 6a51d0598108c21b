import type { PostedCard } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { obstacleOf } from './failed-send.ts';

/**
 * Takes cards out of the channel in whose place another one was posted. What Teams does not take now is tried again
 * with the next revision; a card that is gone is forgotten.
 * @param last where cards of the incident stood before the send; null where none did
 */
export async function removeReplaced(context: JobContext, last: PostedCard | null): Promise<void> {
  const { store, notifier, log } = context;
  for (const { target, activityId, replaced } of last?.copies ?? []) {
    if (!replaced || last === null) continue;
    const removed = await notifier.remove(target, activityId);
    if (removed.ok || obstacleOf(removed) !== 'teams') {
      await store.outbox.noteGone(last.incidentId, activityId);
    } else {
      log.warn({ channel: target.key, reason: removed.reason }, 'an old card was not taken away');
    }
  }
}
