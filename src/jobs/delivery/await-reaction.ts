import type { QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import type { Place } from './places.ts';

/**
 * Notes, before a card is posted, that somebody has to react to it by a certain time. A notice, a request for a second
 * operator (which ends by itself) and a copy ask for no reaction of their own.
 */
export async function awaitReaction(
  { store, clock, settings }: JobContext,
  { message }: QueuedItem,
  { target, onCall, mention }: Place,
  key: string,
): Promise<void> {
  const { escalateAfterMs } = settings;
  if (
    escalateAfterMs === null ||
    (message.kind !== 'incident' && message.kind !== 'security') ||
    message.also !== undefined
  )
    return;
  const dueAt = clock.now() + escalateAfterMs;
  await store.escalations.start({ key, targetKey: target.key, onCall: onCall ?? mention, dueAt });
}
