import type { AlertTarget, Mention, RoutesNow, StoredConversation } from '../../domain/ports.ts';
import { channelNamed } from '../../domain/routing/channels.ts';
import { type Destination, destinationsOf } from '../../domain/routing/destinations.ts';
import type { Labels } from '../../domain/routing/labels.ts';
import type { JobContext } from '../context.ts';

/** Where an alert is told, and when. `until` is ms UTC. */
export type Place = {
  target: AlertTarget;
  mention: Mention | null;
  onCall: Mention | null;
  hold: Destination['hold'];
  until: number | null;
};

/** The channels as they are now, read once for all that waits. */
export type Channels = { alerts: AlertTarget; all: readonly StoredConversation[]; routes: RoutesNow };

/** Reads the routes and the channels; null where no channel is set. */
export async function channelsNow({ store, routes }: JobContext): Promise<Channels | null> {
  const [conversation, all, now] = await Promise.all([
    store.conversations.alertTarget(),
    store.conversations.all(),
    routes.current(),
  ]);
  if (!conversation) return null;
  const alerts = { key: conversation.key, name: conversation.name };
  return { alerts, all: all.filter(({ kind }) => kind === 'channel'), routes: now };
}

/**
 * Where an alert with these labels goes now: what is told at once comes first. A channel that is not known, or takes
 * nothing from us, is no reason for silence: its alerts go to the channel that is set in chat. None: nowhere, as a
 * route says so.
 */
export function placesOf({ alerts, all, routes }: Channels, labels: Labels, now: number): Place[] {
  const places = new Map<string, Place>();
  for (const { where, mention, onCall, hold, until } of destinationsOf(routes.routing, labels, now)) {
    if (where.kind === 'nowhere') continue;
    const found = where.kind === 'channel' ? channelNamed(where.name, all) : null;
    const channel = found?.kind === 'found' && found.channel.unreachable === null ? found.channel : null;
    const target = channel ? { key: channel.key, name: channel.name } : alerts;
    if (!places.has(target.key)) places.set(target.key, { target, mention, onCall, hold, until });
  }
  const held = (place: Place): number => ['no', 'quiet', 'digest'].indexOf(place.hold);
  return [...places.values()].sort((a, b) => held(a) - held(b));
}
