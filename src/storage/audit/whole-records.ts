/** Reads stored records again where a record by itself, or the code that stored it, could not read all of it. */
import { z } from 'zod';
import type { AuditEvent, ModifiedProperty } from '../../domain/audit/event.ts';
import { licensesOf } from '../../domain/audit/property-value.ts';

/** A value as text: a list or an object, which some exports unwrap, as its JSON text; null for none. */
const ValueText = z
  .unknown()
  .optional()
  .transform((value) => {
    if (value === undefined || value === null || value === '' || value === '<null>') return null;
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });

const LoggedProperties = z.array(z.object({ Name: z.string(), OldValue: ValueText, NewValue: ValueText }));

const Whole = z.looseObject({
  targetUpdatedProperties: z.unknown().optional(),
  ModifiedProperties: z.unknown().optional(),
  modifiedProperties: z.unknown().optional(),
});

/**
 * Returns the records with what only today's code, or only all parts together, can tell.
 * - Rows from before `LicenseAssignmentDetail` was known get the licenses that their properties name.
 * - The parts of a sequenced record get the properties and licenses of the whole, where all parts are there and
 *   the text is whole. Other parts stay as they are: they still name who, when and for which user.
 */
export function wholeRecords(stored: readonly AuditEvent[]): AuditEvent[] {
  const wholes = new Map<string, ModifiedProperty[] | null>();
  for (const [key, parts] of Map.groupBy(stored, (event) => event.sequence?.key ?? null)) {
    if (key !== null) wholes.set(key, wholeOf(parts));
  }
  return stored.map((event) => {
    const modified = event.sequence ? wholes.get(event.sequence.key) : null;
    if (modified) return { ...event, modified, licenses: licensesOf(modified) };
    return event.licenses === null && event.modified.length > 0
      ? { ...event, licenses: licensesOf(event.modified) }
      : event;
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
  const whole = Whole.safeParse(jsonIn(text));
  if (!whole.success) return null;
  const { targetUpdatedProperties, ModifiedProperties, modifiedProperties } = whole.data;
  return propertiesIn(targetUpdatedProperties ?? ModifiedProperties ?? modifiedProperties);
}

/** Properties as a list, or as the JSON text of one. Null when unreadable. */
function propertiesIn(logged: unknown): ModifiedProperty[] | null {
  const parsed = LoggedProperties.safeParse(typeof logged === 'string' ? jsonIn(logged) : logged);
  if (!parsed.success) return null;
  return parsed.data.map(({ Name, OldValue, NewValue }) => ({
    name: Name,
    oldValue: OldValue,
    newValue: NewValue,
  }));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
