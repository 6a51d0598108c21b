import type { AlertTarget, PostedCard, QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { labelsOf } from './labels-of.ts';
import { type Channels, type Place, placesOf } from './places.ts';
import { incidentOf } from './security-message.ts';

/**
 * Where a message goes that stands nowhere yet: the first place, and those where a copy goes. `gone`: the one channel
 * that it is for is not there; `nowhere`: a route says so; `waits`: the card beside which it is to stand does not stand
 * yet; `unneeded`: it stands there already, or nobody has to see it any more.
 */
export type Home =
  | { kind: 'place'; place: Place; others: readonly Place[] }
  | { kind: 'gone' | 'nowhere' | 'waits' | 'unneeded' };

/** Finds out where a message goes now. */
export async function homeOf(
  context: JobContext,
  { message }: QueuedItem,
  channels: Channels,
): Promise<Home> {
  if ('to' in message && message.to !== undefined) return channelHome(context, message.to);
  if (message.kind === 'request') return placeAt(channels.alerts);
  if ('about' in message && message.about !== undefined) {
    const [, id = ''] = message.about.split(':');
    const card = await context.store.outbox.postedCard(id);
    if (card) return standingHome(context, message, card, channels);
  }
  const labels = await labelsOf(context, message, channels.routes.routing.root);
  const places = labels === null ? [] : placesOf(channels, labels, context.clock.now());
  if ('also' in message && message.also !== undefined) {
    const state = await stateOfCopy(context, message, message.also);
    if (state !== null) return { kind: state };
    const place = places.find(({ target }) => target.key === message.also);
    return place ? { kind: 'place', place, others: [] } : { kind: 'unneeded' };
  }
  const [place, ...others] = places;
  if (place) return { kind: 'place', place, others };
  // What is not stored any more is found out about later.
  return labels === null ? placeAt(channels.alerts) : { kind: 'nowhere' };
}

const placeAt = (target: AlertTarget): Home => ({
  kind: 'place',
  place: { target, mention: null, onCall: null, hold: 'no', until: null },
  others: [],
});

async function channelHome({ store }: JobContext, key: string): Promise<Home> {
  const channel = await store.conversations.byKey(key);
  return channel ? placeAt({ key: channel.key, name: channel.name }) : { kind: 'gone' };
}

/** A message about a card goes where the card stands, as late as its incident is told. */
async function standingHome(
  context: JobContext,
  message: QueuedItem['message'],
  card: PostedCard,
  channels: Channels,
): Promise<Home> {
  const labels = await labelsOf(context, message, channels.routes.routing.root);
  const [place] = labels === null ? [] : placesOf(channels, labels, context.clock.now());
  const channel = channels.all.find(({ key }) => key === card.target.key);
  const target = channel && channel.unreachable === null ? card.target : channels.alerts;
  if (!place) return placeAt(target);
  return { kind: 'place', place: { ...place, target }, others: [] };
}

/** Whether a copy can be posted there now; null where it can. */
async function stateOfCopy(
  context: JobContext,
  message: Extract<QueuedItem['message'], { kind: 'incident' | 'security' }>,
  where: string,
): Promise<'waits' | 'unneeded' | null> {
  const [incident, card] = await Promise.all([
    incidentOf(context, message),
    context.store.outbox.lastCard(message.incidentId),
  ]);
  if (incident?.status !== 'open' || card?.gone) return 'unneeded';
  if (card === null) return 'waits';
  const stands = [card.target, ...card.copies.map(({ target }) => target)].some(({ key }) => key === where);
  return stands ? 'unneeded' : null;
}
