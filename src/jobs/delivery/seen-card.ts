import { subjectOfKey } from '../../domain/delivery/card-key.ts';
import { revised } from '../../domain/detection/alerts/life-cycle.ts';
import type { JobContext } from '../context.ts';
import { askedCard, securityCard } from '../outgoing/outgoing.ts';
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
  const subject = subjectOfKey(cardKey);
  const channel = await store.conversations.byKey(conversationKey);
  if (subject === null || channel?.kind !== 'channel') return;
  const target = { key: channel.key, name: channel.name };
  const seen = await store.outbox.noteSeen(subject.id, { target, activityId, seenAt: clock.now() });
  if (seen === 'known' || seen === 'foreign') return;
  metrics.cardDelivered('copy-found');
  log.info({ [subject.kind]: subject.id, channel: target.key, seen }, 'a press showed where a card stands');
  // What waits edits it anyway.
  if (seen === 'under-way') return;
  if (subject.kind === 'security') await editAlert(context, subject.id);
  else await (subject.kind === 'incident' ? editCard(context, subject.id) : editRequest(context, subject.id));
}

/** Has the card of an alert of detections brought up to date. */
async function editAlert({ store, clock }: JobContext, id: string): Promise<void> {
  const incident = await store.security.byId(id);
  if (!incident) return;
  const next = revised(incident, clock.now(), {});
  const outbox = [securityCard(next, clock.now())];
  await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox,
    security: { incidents: [next] },
  });
}

/** Has the card of a request for a second operator brought up to date; the first one has queued it as well. */
async function editRequest({ store, clock }: JobContext, requestId: string): Promise<void> {
  const [change] = await store.askedChanges.byIds([requestId]);
  if (!change) return;
  const next = { ...change, revision: change.revision + 1 };
  const outbox = [askedCard(next, clock.now())];
  await store.incidents.commit({ incidents: [], verdicts: [], settled: [], outbox, asked: next });
}
