/** Rows as people export them: from Purview, `Search-UnifiedAuditLog`, and the tables of Log Analytics. */

/** Not a schema: that would copy every field of every record, to learn no more than this. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const CUT =
  'Its AuditData is no whole JSON text: spreadsheets cut it after 32,767 characters. Export it again, and do not save it in a spreadsheet.';

/** What a row repeats of its record, under the record's own names; lower case → name. */
const ROW_FIELDS: ReadonlyMap<string, string> = new Map([
  ['recordid', 'Id'],
  ['identity', 'Id'],
  ['id', 'Id'],
  ['creationdate', 'CreationTime'],
  ['createddatetime', 'CreationTime'],
  ['operation', 'Operation'],
  ['operations', 'Operation'],
  ['userid', 'UserId'],
  ['userids', 'UserId'],
]);

export type UnwrappedRow = { ok: true; record: unknown } | { ok: false; reason: string };

/**
 * The record of the unified audit log inside an exported row: its `AuditData`, an object or its JSON text,
 * with what only the row says of it. Anything without `AuditData` is the record itself.
 */
export function unwrapAuditData(body: unknown): UnwrappedRow {
  if (!isObject(body)) return { ok: true, record: body };
  const name = 'AuditData' in body ? 'AuditData' : 'auditData' in body ? 'auditData' : lowerCased(body);
  if (name === null) return { ok: true, record: body };
  const data = parsed(body[name]);
  if (!isObject(data)) return { ok: false, reason: CUT };
  const repeated = Object.entries(body).flatMap(([key, value]) => {
    const field = ROW_FIELDS.get(key.toLowerCase());
    return field === undefined || value === '' || value === null ? [] : [[field, value] as const];
  });
  const known = new Set(Object.keys(data).map((key) => key.toLowerCase()));
  const missing = repeated.filter(([field]) => !known.has(field.toLowerCase()));
  return { ok: true, record: missing.length === 0 ? data : { ...data, ...Object.fromEntries(missing) } };
}

const lowerCased = (body: Record<string, unknown>): string | null =>
  Object.keys(body).find((key) => key.toLowerCase() === 'auditdata') ?? null;

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/**
 * The fields of a row under the names that a schema knows, whatever their case; Log Analytics capitalises them
 * and adds the zone to the names of times (`TimeGenerated [UTC]`).
 * @param names lower case → the schema's name
 */
export const withNames = (
  row: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const plain = key
        .trim()
        .toLowerCase()
        .replace(/ \[utc\]$/, '');
      return [names.get(plain) ?? key, value];
    }),
  );
