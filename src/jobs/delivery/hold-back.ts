import { decideAlert } from '../../domain/alert/decide-alert.ts';
import { alertCardKey } from '../../domain/delivery/card-key.ts';
import type { DigestEntry, QueuedItem } from '../../domain/ports.ts';
import { digestTime } from '../../domain/routing/destinations.ts';
import type { JobContext } from '../context.ts';
import { announce, messageNote } from '../outgoing/alert-notes.ts';
import { dropNoted } from './decide-message.ts';
import type { Channels, Place } from './places.ts';

/**
 * Holds a message back where quiet hours or the digest say so. A card waits in the outbox until the quiet ends, and the
 * digest after it lists it; a low one has no card, only its line. Nothing is lost when the process dies in between: the
 * line is kept first, under a key that is told once.
 * @param lineOf what happened, in a sentence
 * @returns whether it was held back
 */
export async function holdBack(
  context: JobContext,
  channels: Channels,
  item: QueuedItem,
  places: readonly Place[],
  lineOf: () => Promise<string | null>,
): Promise<boolean> {
  const { store, clock } = context;
  const [first] = places;
  if (first === undefined || first.hold === 'no' || first.until === null) return false;
  const { message } = item;
  const cardKey = alertCardKey(message);
  const now = clock.now();
  if (cardKey !== null) {
    const line = await lineOf();
    if (line === null) return false;
    const { routing } = channels.routes;
    await store.digest.add(
      places.map((place) => ({
        ...entryAt(channels, place, cardKey, line),
        at: now,
        dueAt:
          place.hold === 'quiet' ? digestTime(routing, (place.until ?? now) - 1) : digestTime(routing, now),
      })),
    );
    context.onStep('hold:kept');
  }
  if (cardKey !== null && first.hold === 'digest') {
    await dropNoted(context, item, decideAlert({ about: 'hold', hold: 'digest', until: first.until }));
    return true;
  }
  const decision = decideAlert({ about: 'hold', hold: 'quiet', until: first.until });
  const note = messageNote(item, decision, now);
  await store.outbox.hold(item.key, first.until, note);
  announce(context, await store.alerts.note([note]));
  return true;
}

/** A line of the digest in this place. It moves with the alerts, where it goes where they go. */
const entryAt = (
  { alerts }: Channels,
  { target, hold }: Place,
  key: string,
  line: string,
): Pick<DigestEntry, 'key' | 'targetKey' | 'why' | 'line' | 'class'> => ({
  key,
  targetKey: target.key === alerts.key ? '' : target.key,
  why: hold === 'quiet' ? 'held' : 'low',
  line,
  class: key.startsWith('incident:') ? 'licensing' : '',
});

/**
 * Queues a card for each further place, before the first is sent; those that are only in the digest there get their
 * line. The keys make each unique, so that a process which dies here does nothing twice.
 */
export async function queueCopies(
  context: JobContext,
  channels: Channels,
  item: QueuedItem,
  others: readonly Place[],
  lineOf: () => Promise<string | null>,
): Promise<void> {
  const { message } = item;
  const key = alertCardKey(message);
  if (key === null || others.length === 0 || (message.kind !== 'incident' && message.kind !== 'security'))
    return;
  const { store, clock } = context;
  const now = clock.now();
  const cards = others.filter(({ hold }) => hold !== 'digest');
  const lines = others.filter(({ hold }) => hold === 'digest');
  const line = lines.length === 0 ? null : await lineOf();
  if (line !== null) {
    const dueAt = digestTime(channels.routes.routing, now);
    await store.digest.add(
      lines.map((place) => ({ ...entryAt(channels, place, key, line), at: now, dueAt })),
    );
  }
  await store.outbox.enqueue(
    cards.map(({ target }) => ({
      key: `${key}:also:${target.key}`,
      message: { ...message, also: target.key },
      notBefore: now,
    })),
  );
}
