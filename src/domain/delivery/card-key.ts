/** The key of an incident's card, whatever its revision. */
export const incidentCardKey = (incidentId: string): string => `incident:${incidentId}`;

/** The incident that a card's key names; null for the key of anything else. */
export const incidentOfKey = (key: string): string | null =>
  key.startsWith('incident:') ? key.slice('incident:'.length) : null;

/** The `id` that the first element of every posted card has: by it a card is found in a channel's history. */
export const cardMark = (key: string): string => `license-watch:${key}`;
