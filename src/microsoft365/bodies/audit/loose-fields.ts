/**
 * The fields of audit records as they really come: absent, null, of another type than documented. A record
 * that was logged must never be lost to a strict schema, so that each field is read by itself and what does
 * not fit counts as absent.
 */
import { z } from 'zod';

export const asText = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' || value === '<null>' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
};

/** A text; null for absent, empty, `"<null>"`, and for anything that is not a plain value. */
export const Text = z.unknown().optional().transform(asText);

/** A property's value as text: a list or an object, which some exports unwrap, as the JSON text that it was. */
export const asValueText = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : asText(value);

/** As `asValueText`. */
export const ValueText = z.unknown().optional().transform(asValueText);

/** A number, also when it was logged as text; else null. */
export function asCount(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** As `asCount`. */
export const Count = z.unknown().optional().transform(asCount);

/** Exports write lists and objects as JSON text. */
function unfolded(value: unknown, opening: '[' | '{'): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(opening)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** A list of what can be read of its entries; entries that cannot be read (null), and anything that is no list, are left out. */
export function asList<Entry>(logged: unknown, read: (entry: unknown) => Entry | null): Entry[] {
  const value = unfolded(logged, '[');
  if (!Array.isArray(value)) return [];
  const entries: Entry[] = [];
  for (const candidate of value) {
    const entry = read(candidate);
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/** An object, also when it was logged as JSON text; null for anything else. */
export function asObject(logged: unknown): Readonly<Record<string, unknown>> | null {
  const value = unfolded(logged, '{');
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A list whose entries fit the schema; entries that do not fit, and anything that is no list, are left out. */
export const ListOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .unknown()
    .optional()
    .transform((logged): z.infer<Entry>[] => {
      const value = unfolded(logged, '[');
      if (!Array.isArray(value)) return [];
      return value.flatMap((candidate: unknown) => {
        const parsed = entry.safeParse(candidate);
        return parsed.success ? [parsed.data] : [];
      });
    });

/** An object that fits the schema; null for anything else, which most of the time is none: that costs nothing. */
export const ObjectOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .unknown()
    .optional()
    .transform((value): z.infer<Shape> | null => {
      if (value === undefined || value === null) return null;
      const parsed = shape.safeParse(unfolded(value, '{'));
      return parsed.success ? parsed.data : null;
    });

/**
 * The instant of an audit record in ms UTC, or null. The unified audit log writes UTC without a zone, some exports
 * put a blank where the T belongs, and fractions have up to nine digits.
 */
export function instantOf(text: string | null): number | null {
  if (text === null) return null;
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
    text.trim(),
  );
  if (!match) return exportedInstant(text.trim());
  const [, day, time, fraction = '', zone = 'Z'] = match;
  const at = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
  return Number.isFinite(at) ? at : null;
}

/** `9/26/2023 1:50:02 AM` and `2/12/2026, 9:20:00.000 AM`, UTC: how Purview and Log Analytics export times. */
function exportedInstant(text: string): number | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? +(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AP]M)$/i.exec(
    text,
  );
  if (!match) return null;
  const [, month, day, year, hour, minute, second = '0', half = ''] = match;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second));
  return Number(month) <= 12 && new Date(at).getUTCDate() === Number(day) ? at : null;
}

/** An object id in lower case; null for the all-zero id, which the logs write for "nobody". */
export function objectId(text: string | null | undefined): string | null {
  const id = text?.trim().toLowerCase();
  return id && !/^0{8}-0{4}-0{4}-0{4}-0{12}$/.test(id) ? id : null;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is a bare GUID. */
export const isGuid = (text: string): boolean => GUID.test(text);

/** An address without port and brackets; null where the record has none. */
export function ipAddress(text: string | null): string | null {
  if (text === null) return null;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text);
  if (bracketed) return bracketed[1] ?? null;
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text);
  return withPort?.[1] ?? text;
}
