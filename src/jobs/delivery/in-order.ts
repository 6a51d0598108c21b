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
    if (message.kind !== 'incident' || mayStand(item)) {
      ordered.push({ item, outdated: [] });
      continue;
    }
    const place = places.get(message.incidentId);
    if (!place) {
      const due: Due = { item, outdated: [] };
      places.set(message.incidentId, due);
      ordered.push(due);
    } else if (revisionOf(place.item) < message.revision) {
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

const revisionOf = ({ message }: QueuedItem): number => (message.kind === 'incident' ? message.revision : 0);
