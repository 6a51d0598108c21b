import type { OutboxItem } from './outbox-item.ts';

/** The key of an incident's card, whatever its revision. */
export const incidentCardKey = (incidentId: string): string => `incident:${incidentId}`;

/** The key of the card of a request for a second operator, whatever its revision. */
export const requestCardKey = (requestId: string): string => `request:${requestId}`;

/** The key of the card of an alert of detections, whatever its revision. */
export const securityCardKey = (incidentId: string): string => `security:${incidentId}`;

/** What a card's key names; null for the key of anything else. */
export function subjectOfKey(key: string): { kind: 'incident' | 'request' | 'security'; id: string } | null {
  for (const kind of ['incident', 'request', 'security'] as const) {
    if (key.startsWith(`${kind}:`)) return { kind, id: key.slice(kind.length + 1) };
  }
  return null;
}

/** The id of what a message shows on a card that is edited from then on; null for a message of its own, and for a copy. */
export function cardSubject(message: OutboxItem['message']): string | null {
  switch (message.kind) {
    case 'incident':
    case 'security':
      return message.also === undefined ? message.incidentId : null;
    case 'request':
      return message.requestId;
    default:
      return null;
  }
}

/** The key of the card that a message shows of an incident or an alert of detections; null for any other message. */
export function alertCardKey(message: OutboxItem['message']): string | null {
  if (message.kind === 'incident') return incidentCardKey(message.incidentId);
  return message.kind === 'security' ? securityCardKey(message.incidentId) : null;
}

/** The `id` that the first element of every posted card has: by it a card is found in a channel's history. */
export const cardMark = (key: string): string => `license-watch:${key}`;
