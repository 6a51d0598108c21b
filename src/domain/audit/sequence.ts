import { z } from 'zod';
import type { AuditEvent, ModifiedProperty } from './event.ts';
import { Count, Text, ValueText } from './loose-fields.ts';
import { licensesOf } from './property-value.ts';

const Part = z.object({ id: Text, seq: Count, c: Count, b: Text });

/**
 * The part of a sequenced record: since 2023 a large license change comes as several records, each with a
 * slice of one JSON text in `additionalDetails` (id: key, seq: part, c: count, b: slice; numbers as text).
 */
export function sequenceOf(details: unknown): AuditEvent['sequence'] {
  const parsed = Part.safeParse(details);
  if (!parsed.success) return null;
  const { id, seq, c, b } = parsed.data;
  if (id === null || seq === null || c === null || b === null || c < 1 || seq < 1 || seq > c) return null;
  return { key: id.toLowerCase(), part: seq, of: c, fragment: b };
}

const LoggedProperty = z.object({ Name: z.string(), OldValue: ValueText, NewValue: ValueText });

/**
 * Properties as the unified audit log's JSON holds them (`targetUpdatedProperties`): a text, or the list that it
 * stands for; each value is a text or the list that it stands for. Null when unreadable.
 */
export function parseLoggedProperties(logged: unknown): ModifiedProperty[] | null {
  try {
    const parsed = z
      .array(LoggedProperty)
      .safeParse(typeof logged === 'string' ? JSON.parse(logged) : logged);
    if (!parsed.success) return null;
    return parsed.data.map(({ Name, OldValue, NewValue }) => ({
      name: Name,
      oldValue: OldValue,
      newValue: NewValue,
    }));
  } catch {
    return null;
  }
}

const Whole = z.looseObject({
  targetUpdatedProperties: z.unknown().optional(),
  ModifiedProperties: z.unknown().optional(),
  modifiedProperties: z.unknown().optional(),
});

/**
 * Puts sequenced records together: where all parts are there and the text is whole, each part carries the
 * properties and licenses of the whole. Parts of an incomplete set, and of a whole that cannot be read, stay as
 * they are: they still name who, when and whom.
 */
export function reassemble(events: readonly AuditEvent[]): AuditEvent[] {
  const wholes = new Map<string, ModifiedProperty[] | null>();
  for (const [key, parts] of Map.groupBy(events, (event) => event.sequence?.key ?? null)) {
    if (key !== null) wholes.set(key, wholeOf(parts));
  }
  if (wholes.size === 0) return [...events];
  return events.map((event) => {
    const modified = event.sequence ? wholes.get(event.sequence.key) : null;
    return modified ? { ...event, modified, licenses: licensesOf(modified) } : event;
  });
}

function wholeOf(parts: readonly AuditEvent[]): ModifiedProperty[] | null {
  const fragments = new Map(
    parts.flatMap(({ sequence }) => (sequence ? [[sequence.part, sequence.fragment] as const] : [])),
  );
  if (fragments.size !== parts[0]?.sequence?.of) return null;
  const text = [...fragments]
    .sort(([a], [b]) => a - b)
    .map(([, fragment]) => fragment)
    .join('');
  try {
    const whole = Whole.safeParse(JSON.parse(text));
    if (!whole.success) return null;
    const { targetUpdatedProperties, ModifiedProperties, modifiedProperties } = whole.data;
    return parseLoggedProperties(targetUpdatedProperties ?? ModifiedProperties ?? modifiedProperties);
  } catch {
    return null;
  }
}
