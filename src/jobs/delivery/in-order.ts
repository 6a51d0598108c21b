import { cardSubject } from '../../domain/delivery/card-key.ts';
import type { QueuedItem } from '../../domain/ports.ts';

/** One message to send, and the earlier revisions that it makes unnecessary. */
export type Due = { item: QueuedItem; outdated: QueuedItem[] };

/**
 * Puts what waits in the order in which it is sent: the incident whose oldest revision waits longest comes first, with
 * its newest revision, as one edit brings a card up to date. What may stand in the channel already is never outdated:
 * it is looked for first.
 * @param items oldest first
 */
export function inOrder(items: readonly QueuedItem[]): Due[] {
  const ordered: Due[] = [];
  const places = new Map<string, Due>();
  for (const item of items) {
    const { message } = item;
    const subject = cardSubject(message);
    if (subject === null || mayStand(item)) {
      ordered.push({ item, outdated: [] });
      continue;
    }
    const place = places.get(subject);
    if (!place) {
      const due: Due = { item, outdated: [] };
      places.set(subject, due);
      ordered.push(due);
    } else if (revisionOf(place.item) < revisionOf(item)) {
      place.outdated.push(place.item);
      place.item = item;
    } else {
      place.outdated.push(item);
    }
  }
  return ordered;
}

/** Whether an earlier send of the item may have reached the channel. */
export const mayStand = ({ status, unknownSends }: QueuedItem): boolean =>
  status === 'sending' || unknownSends > 0;

const revisionOf = ({ message }: QueuedItem): number => ('revision' in message ? message.revision : 0);
