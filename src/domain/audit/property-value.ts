import { skuIdOfPartNumber } from '../license/catalogue.ts';
import type { LoggedLicense, ModifiedProperty } from './event.ts';

/** Values are JSON text inside a string, sometimes twice; deeper than this nobody has seen. */
const MAX_DEPTH = 3;

/** What a property's text holds, unwrapped from the JSON that it may be; the text itself when it is none. */
function unwrap(text: string): unknown {
  let value: unknown = text;
  for (let depth = 0; depth < MAX_DEPTH && typeof value === 'string'; depth++) {
    const trimmed: string = value.trim();
    if (!/^["[{]/.test(trimmed)) return value;
    try {
      value = JSON.parse(trimmed);
    } catch {
      // Bracket notation (`[SkuName=…]`) and cut texts begin like JSON and are none.
      return value;
    }
  }
  return value;
}

/** A scalar without its JSON quotes (`"\"LIC-E3\""` → `LIC-E3`), a list of one as its entry; lists stay text. */
export function scalarOf(text: string | null): string | null {
  if (text === null) return null;
  const value = unwrap(text);
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    const [only] = value;
    return value.length === 1 && typeof only !== 'object' ? String(only) : text;
  }
  if (value === null || value === '') return null;
  return typeof value === 'object' ? text : String(value);
}

/** The property of that name, whatever its case. */
export const findProperty = (
  modified: readonly ModifiedProperty[],
  name: string,
): ModifiedProperty | undefined =>
  modified.find((property) => property.name.toLowerCase() === name.toLowerCase());

/** The service principal names that a record tells of its actor, `<app id>;https://…`. */
export const principalNamesIn = (modified: readonly ModifiedProperty[]): (string | null)[] =>
  ['ActorId.ServicePrincipalNames', 'SPN'].map((name) =>
    scalarOf(findProperty(modified, name)?.newValue ?? null),
  );

/**
 * The licenses of one side of an `AssignedLicense` property: JSON text of a list of texts such as
 * `[SkuName=SPE_E3, AccountId=…, SkuId=…, DisabledPlans=[…]]`. Empty and absent values are no licenses.
 * Returns null for a text that was cut or that is something else: then nothing is known about the licenses.
 */
export function parseAssignedLicenses(text: string | null): LoggedLicense[] | null {
  if (text === null || text.trim() === '') return [];
  const value = unwrap(text);
  if (value === null || value === '') return [];
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const licenses: LoggedLicense[] = [];
  for (const entry of entries) {
    const license = typeof entry === 'string' ? parseBracketed(entry) : null;
    if (!license) return null;
    licenses.push(license);
  }
  return licenses;
}

const BRACKETED = /^\[\s*(\w+\s*=.*)\]$/s;

const SKU_NAME = /(?:^|,)\s*SkuName\s*=\s*([^,[\]]*)/i;
const SKU_ID = /(?:^|,)\s*SkuId\s*=\s*([^,[\]]*)/i;

function parseBracketed(text: string): LoggedLicense | null {
  const inside = BRACKETED.exec(text.trim())?.[1];
  if (inside === undefined) return null;
  const field = (pattern: RegExp): string | null => pattern.exec(inside)?.[1]?.trim() || null;
  const plans = /DisabledPlans\s*=\s*\[([^\]]*)\]/i.exec(inside)?.[1] ?? '';
  const partNumber = field(SKU_NAME);
  const skuId = field(SKU_ID)?.toLowerCase() ?? (partNumber ? skuIdOfPartNumber(partNumber) : null);
  if (skuId === null) return null;
  return {
    skuId,
    partNumber,
    disabledPlans: plans
      .split(',')
      .map((plan) => plan.trim())
      .filter((plan) => plan !== ''),
  };
}

type LicenseSets = { before: LoggedLicense[]; after: LoggedLicense[] };

/**
 * The full license sets before and after, when a record carries both sides in readable form; else null. Taken
 * from `AssignedLicense`, else from `LicenseAssignmentDetail`, which Microsoft's licensing service writes in
 * its place since August 2026. A property without either side says nothing of licenses.
 */
export const licensesOf = (modified: readonly ModifiedProperty[]): LicenseSets | null =>
  sidesOf(findProperty(modified, 'AssignedLicense'), parseAssignedLicenses) ??
  sidesOf(findProperty(modified, 'LicenseAssignmentDetail'), parseAssignmentDetail);

function sidesOf(
  property: ModifiedProperty | undefined,
  parse: (text: string | null) => LoggedLicense[] | null,
): LicenseSets | null {
  if (!property || (property.oldValue === null && property.newValue === null)) return null;
  const before = parse(property.oldValue);
  const after = parse(property.newValue);
  return before && after ? { before, after } : null;
}

/** Whether a record only stamps the same assignments again: both sides have the same SKUs, in whatever order. */
export function isRestamp(modified: readonly ModifiedProperty[]): boolean {
  if (sidesOf(findProperty(modified, 'AssignedLicense'), parseAssignedLicenses)) return false;
  const sides = sidesOf(findProperty(modified, 'LicenseAssignmentDetail'), parseAssignmentDetail);
  const textOf = (licenses: readonly LoggedLicense[]): string =>
    licenses
      .map(({ skuId, disabledPlans }) => `${skuId}:${[...disabledPlans].sort().join()}`)
      .sort()
      .join(';');
  return sides !== null && textOf(sides.before) === textOf(sides.after);
}

const field = (entry: object, name: string): unknown =>
  Object.entries(entry).find(([key]) => key.toLowerCase() === name)?.[1];

/**
 * The licenses of one side of a `LicenseAssignmentDetail` property: a list of objects with `SkuId` and
 * `StatusUpdateTimestamp`; what else they may hold is not on record. Null for a text that cannot be read.
 */
export function parseAssignmentDetail(text: string | null): LoggedLicense[] | null {
  if (text === null || text.trim() === '') return [];
  const value = unwrap(text);
  if (value === null || value === '') return [];
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const licenses: LoggedLicense[] = [];
  for (const candidate of entries) {
    const entry = typeof candidate === 'string' ? unwrap(candidate) : candidate;
    const license =
      typeof entry === 'string' ? parseBracketed(entry) : isObject(entry) ? detailOf(entry) : null;
    if (!license) return null;
    licenses.push(license);
  }
  return licenses;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function detailOf(entry: object): LoggedLicense | null {
  const [skuId, name, plans] = [
    field(entry, 'skuid'),
    field(entry, 'skuname'),
    field(entry, 'disabledplans'),
  ];
  const partNumber = typeof name === 'string' && name !== '' ? name : null;
  const id = typeof skuId === 'string' ? skuId.trim().toLowerCase() : '';
  const known = id || (partNumber === null ? null : skuIdOfPartNumber(partNumber));
  if (!known) return null;
  const disabledPlans = Array.isArray(plans) ? plans.filter((plan) => typeof plan === 'string') : [];
  return { skuId: known, partNumber, disabledPlans };
}
