import { incidentCardKey, securityCardKey } from '../../domain/delivery/card-key.ts';
import type { PostedCard, ShowAgain } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/**
 * Shows the cards of the open incidents again in the channel to which the bot was added, without doubling any:
 * - Added again after it was removed, it edits them. Teams keeps what bots posted, so that an edit tells what stands;
 *   what is gone is posted.
 * - Added where it already was, as the Agents Playground does when its page is loaded again and has lost every message,
 *   it looks in the channel. Where that cannot be read, each card is posted, and the old one taken away.
 * A card that somebody deleted stays deleted.
 * @param wasKnown whether the bot was in the channel, as far as it had been told
 * @returns how many cards are sent again
 */
export async function showAgain(
  context: JobContext,
  conversationKey: string,
  wasKnown: boolean,
): Promise<number> {
  const { store, clock, log } = context;
  const alerts = await store.conversations.alertTarget();
  const isForAlerts = alerts?.key === conversationKey;
  let shown = 0;
  const cards = [
    ...(await store.incidents.open()).map((one) => ({ ...one, kind: 'incident' as const })),
    ...(await store.security.open()).map((one) => ({ ...one, kind: 'security' as const })),
  ];
  for (const incident of cards) {
    const card = await store.outbox.postedCard(incident.id);
    // Another channel shows again what its routes have brought there.
    if (!isForAlerts && card?.target.key !== conversationKey) continue;
    const how =
      card && (wasKnown ? await whereItWas(context, conversationKey, card, cardKeys[incident.kind]) : 'edit');
    if (card === null || how === null) continue;
    const now = clock.now();
    const { id: incidentId, revision, kind } = incident;
    await store.outbox.showAgain(card, how, {
      key: `again:${incidentId}:${now}`,
      message: { kind, incidentId, revision },
      notBefore: now,
    });
    shown++;
  }
  if (shown > 0) log.info({ channel: conversationKey, cards: shown, wasKnown }, 'open cards are shown again');
  return shown;
}

const cardKeys = { incident: incidentCardKey, security: securityCardKey } as const;

/** How a card is shown again in a channel that the bot never left; null where it stands, or stands elsewhere. */
async function whereItWas(
  { notifier }: JobContext,
  conversationKey: string,
  { target, incidentId }: PostedCard,
  keyOf: (incidentId: string) => string,
): Promise<ShowAgain | null> {
  if (target.key !== conversationKey) return null;
  const looked = await notifier.findPosted(target, keyOf(incidentId));
  if (!looked.known) return 'replace';
  return looked.activityId === null ? 'post' : null;
}
