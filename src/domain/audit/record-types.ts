import names from './record-types.json' with { type: 'json' };

/** `AuditLogRecordType` of the Management Activity API: https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#auditlogrecordtype */
const NUMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries(names).map(([name, number]) => [name.toLowerCase(), String(number)]),
);

/** Records of Graph's directoryAudits have no record type: they are known by this. */
export const DIRECTORY_AUDITS = 'directoryaudits';

/** The record type as records carry it, by Microsoft's name or its number; null for a name that is in no list. */
export function recordTypeOf(text: string): string | null {
  const name = text.trim().toLowerCase();
  if (/^\d{1,5}$/.test(name)) return String(Number(name));
  return name === DIRECTORY_AUDITS ? name : (NUMBERS.get(name) ?? null);
}

const BY_NUMBER: ReadonlyMap<string, string> = new Map(
  Object.entries(names).map(([name, number]) => [String(number), name]),
);

/** Microsoft's name of a record type as records carry it; what is in no list stays as it is. */
export const recordTypeName = (type: string): string =>
  type === DIRECTORY_AUDITS ? 'directoryAudits' : (BY_NUMBER.get(type) ?? type);

/** Reads the record type out of a record as it came: a number of the Activity API's, else `directoryaudits`. */
export function recordTypeIn(raw: string): string {
  const found = /"RecordType"\s*:\s*"?(\w{1,60})/.exec(raw)?.[1];
  return found === undefined ? DIRECTORY_AUDITS : (recordTypeOf(found) ?? found.toLowerCase());
}
