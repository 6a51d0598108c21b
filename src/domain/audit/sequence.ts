import { z } from 'zod';
import type { AuditEvent, ModifiedProperty } from './event.ts';
import { Count, Text } from './loose-fields.ts';
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

const LoggedProperty = z.object({ Name: z.string(), OldValue: Text, NewValue: Text });

/** Properties as the unified log's JSON texts hold them (`targetUpdatedProperties`); null when unreadable. */
export function parseLoggedProperties(text: string): ModifiedProperty[] | null {
  try {
    const parsed = z.array(LoggedProperty).safeParse(JSON.parse(text));
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

const Whole = z.object({ targetUpdatedProperties: z.string() });

/**
 * Puts sequenced records together: where all parts are there and the text is whole, each part carries the
 * properties and licenses of the whole. Parts of an incomplete set stay as they are: they still name who.
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
    return whole.success ? parseLoggedProperties(whole.data.targetUpdatedProperties) : null;
  } catch {
    return null;
  }
}
