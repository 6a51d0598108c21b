import { incidentOfKey } from '../../domain/delivery/card-key.ts';
import type { JobContext } from '../context.ts';
import { editCard } from './edit-card.ts';

/** A card as a press names it: the message that carries it, and the key that stands in it. */
export type SeenCard = { cardKey: string; conversationKey: string; activityId: string };

/**
 * Notes where a card stands that somebody pressed or looked at: one of which nobody knew, because Teams had not
 * confirmed it, is kept up to date from then on.
 */
export async function noteSeenCard(
  context: JobContext,
  { cardKey, conversationKey, activityId }: SeenCard,
): Promise<void> {
  const { store, clock, log, metrics } = context;
  const incidentId = incidentOfKey(cardKey);
  const channel = await store.conversations.byKey(conversationKey);
  if (incidentId === null || channel?.kind !== 'channel') return;
  const target = { key: channel.key, name: channel.name };
  const seen = await store.outbox.noteSeen(incidentId, { target, activityId, seenAt: clock.now() });
  if (seen === 'known' || seen === 'foreign') return;
  metrics.cardDelivered('copy-found');
  log.info({ incident: incidentId, channel: target.key, seen }, 'a press showed where a card stands');
  // What waits edits it anyway.
  if (seen !== 'under-way') await editCard(context, incidentId);
}
