import { MINUTE_MS } from '../durations.ts';
import type { Actor, AuditEvent } from './event.ts';

/** Ids and names are keys of indexes, in which PostgreSQL takes no more than 2,700 bytes. */
const MAX_NAME_LENGTH = 400;
/** Far above the longest license value that is on record, 72,000 characters; the raw record keeps all of it. */
const MAX_VALUE_LENGTH = 200_000;
/** PostgreSQL keeps no text with this character. */
const NUL = '\0';
/** How far a clock may go ahead of ours, ms. */
const AHEAD_MS = 10 * MINUTE_MS;

/** An event that any database can hold and find, and why it is not as it was logged; null when it is. */
export type Bounded = { event: AuditEvent; flaw: string | null };

/**
 * Holds an event to what can be stored: no text without end, no character that PostgreSQL refuses, no time
 * that has not come yet.
 * @param seenAt when the record was read or made available, ms UTC: the time of one that is dated later
 */
export function withinBounds(event: AuditEvent, seenAt: number): Bounded {
  const flaws = new Set<string>();
  const text = (value: string, longest: number): string => {
    if (value.length > longest) flaws.add('text too long');
    return value.slice(0, longest).toWellFormed().replaceAll(NUL, '\uFFFD');
  };
  const name = (value: string): string => text(value, MAX_NAME_LENGTH);
  const nameOrNull = (value: string | null): string | null => (value === null ? null : name(value));
  const value = (logged: string | null): string | null =>
    logged === null ? null : text(logged, MAX_VALUE_LENGTH);
  const actor = (named: Actor): Actor => ({
    ...named,
    id: nameOrNull(named.id),
    name: nameOrNull(named.name),
  });
  const early = event.at > seenAt + AHEAD_MS;
  if (early) flaws.add('dated in the future');
  const bounded: AuditEvent = {
    ...event,
    at: early ? seenAt : event.at,
    operation: name(event.operation),
    workload: name(event.workload),
    resultReason: value(event.resultReason),
    actor: event.actor && actor(event.actor),
    targets: event.targets.map((target) => ({
      ...target,
      id: nameOrNull(target.id),
      name: nameOrNull(target.name),
    })),
    correlationId: nameOrNull(event.correlationId),
    clientIp: nameOrNull(event.clientIp),
    actionClient: nameOrNull(event.actionClient),
    modified: event.modified.map((property) => ({
      name: name(property.name),
      oldValue: value(property.oldValue),
      newValue: value(property.newValue),
    })),
    group: event.group && { id: name(event.group.id), name: nameOrNull(event.group.name) },
    sequence: event.sequence && {
      ...event.sequence,
      key: name(event.sequence.key),
      fragment: text(event.sequence.fragment, MAX_VALUE_LENGTH),
    },
  };
  return { event: bounded, flaw: flaws.size === 0 ? null : [...flaws].sort().join(', ') };
}

/** Whether an id can be a key as it is; other ones are replaced by what the record contains. */
export const isKey = (id: string): boolean =>
  id.length <= MAX_NAME_LENGTH && id.isWellFormed() && !id.includes(NUL);
