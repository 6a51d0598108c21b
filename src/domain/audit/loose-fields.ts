/**
 * The fields of audit records as they really come: absent, null, of another type than documented. A record
 * that was logged must never be lost to a strict schema, so that each field is read by itself and what does
 * not fit counts as absent.
 */
import { z } from 'zod';

const asText = (value: unknown): string | null => {
  if (typeof value === 'string') return value === '' || value === '<null>' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
};

/** A text; null for absent, empty, `"<null>"`, and for anything that is not a plain value. */
export const Text = z.unknown().optional().transform(asText);

/** A number, also when it was logged as text; else null. */
export const Count = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : null;
  });

/** A list whose entries fit the schema; entries that do not fit, and anything that is no list, are left out. */
export const ListOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .unknown()
    .optional()
    .transform((value): z.infer<Entry>[] =>
      Array.isArray(value)
        ? value.flatMap((candidate: unknown) => {
            const parsed = entry.safeParse(candidate);
            return parsed.success ? [parsed.data] : [];
          })
        : [],
    );

/** An object that fits the schema; null for anything else. */
export const ObjectOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .unknown()
    .optional()
    .transform((value): z.infer<Shape> | null => {
      const parsed = shape.safeParse(value);
      return parsed.success ? parsed.data : null;
    });

/**
 * The instant of an audit record in ms UTC, or null. The unified log writes UTC without a zone, some exports
 * put a blank where the T belongs, and fractions have up to nine digits.
 */
export function instantOf(text: string | null): number | null {
  if (text === null) return null;
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, day, time, fraction = '', zone = 'Z'] = match;
  const at = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
  return Number.isFinite(at) ? at : null;
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
