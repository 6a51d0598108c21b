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

function parseBracketed(text: string): LoggedLicense | null {
  const inside = BRACKETED.exec(text.trim())?.[1];
  if (inside === undefined) return null;
  const field = (name: string): string | null =>
    new RegExp(`(?:^|,)\\s*${name}\\s*=\\s*([^,\\[\\]]*)`, 'i').exec(inside)?.[1]?.trim() || null;
  const plans = /DisabledPlans\s*=\s*\[([^\]]*)\]/i.exec(inside)?.[1] ?? '';
  const partNumber = field('SkuName');
  const skuId = field('SkuId')?.toLowerCase() ?? (partNumber ? skuIdOfPartNumber(partNumber) : null);
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

/** The full license sets before and after, when a record carries both sides in readable form; else null. */
export function licensesOf(
  modified: readonly ModifiedProperty[],
): { before: LoggedLicense[]; after: LoggedLicense[] } | null {
  const property = findProperty(modified, 'AssignedLicense');
  if (!property) return null;
  const before = parseAssignedLicenses(property.oldValue);
  const after = parseAssignedLicenses(property.newValue);
  return before && after ? { before, after } : null;
}
