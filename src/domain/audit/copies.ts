import type { AuditEvent } from './event.ts';

/** One act as its logs tell it: the record that says most, and the others that say the same. */
export type TellingOfAct = { event: AuditEvent; copies: AuditEvent[] };

/**
 * Takes records and returns each act once, in the order of the first record of each. Both logs record the
 * same act: their copies have the correlation id, the operation and the target in common. The parts of a
 * sequenced record are one act, too. Several such records within one log are several acts.
 */
export function withoutCopies(events: readonly AuditEvent[]): TellingOfAct[] {
  return [...Map.groupBy(events, keyOf).values()].flatMap(actsOf);
}

function keyOf(event: AuditEvent): string {
  if (event.sequence) return `sequence ${event.sequence.key}`;
  if (event.correlationId === null) return `record ${event.id}`;
  const target =
    event.targets.find(({ id }) => id !== null)?.id ?? event.targets[0]?.name?.toLowerCase() ?? '';
  return [event.correlationId, event.operation.toLowerCase(), target].join(' ');
}

function actsOf(together: readonly AuditEvent[]): TellingOfAct[] {
  if (together[0]?.sequence) return oneAct(together);
  const bySource = [...Map.groupBy(together, ({ source }) => source).values()];
  // The log with the most records tells of the most acts; the others can only repeat them.
  const fullest = bySource.toSorted((a, b) => b.length - a.length)[0] ?? [];
  if (fullest.length === 1) return oneAct(together);
  const copies = together.filter((event) => !fullest.includes(event));
  return fullest.map((event, index) => ({ event, copies: index === 0 ? copies : [] }));
}

function oneAct(together: readonly AuditEvent[]): TellingOfAct[] {
  const [event, ...copies] = together.toSorted((a, b) => worth(b) - worth(a));
  return event ? [{ event, copies }] : [];
}

/** How much a record says: who, what, and how it ended. */
const worth = (event: AuditEvent): number =>
  (event.licenses === null ? 0 : 8) +
  (event.actor === null ? 0 : 4) +
  (event.actor?.id ? 2 : 0) +
  (event.result === 'unknown' ? 0 : 1);
