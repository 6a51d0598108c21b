import { z } from 'zod';
import type { AuditEvent } from '../../../domain/audit/event.ts';
import { Count, Text } from './loose-fields.ts';

const Part = z.object({ id: Text, seq: Count, c: Count, b: Text });

/**
 * The part of a sequenced record: since 2023 a large license change comes as several records, each with a
 * slice of one JSON text in `additionalDetails` (id: key, seq: part, c: count, b: slice; numbers as text).
 * The store puts the parts together (`wholeRecords`): they come in different pages.
 */
export function sequenceOf(details: unknown): AuditEvent['sequence'] {
  if (details === null) return null;
  const parsed = Part.safeParse(details);
  if (!parsed.success) return null;
  const { id, seq, c, b } = parsed.data;
  if (id === null || seq === null || c === null || b === null || c < 1 || seq < 1 || seq > c) return null;
  return { key: id.toLowerCase(), part: seq, of: c, fragment: b };
}
