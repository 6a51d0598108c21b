/** Reads parts of records as they really come: absent, of another type, a list as its JSON text. Nothing here throws. */
import { isGuid } from './ids.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Records have some thirty fields, and are asked for more that they lack: the names of the one that was asked last are
 * folded once. Not a WeakMap: the collector pays for each of its entries.
 */
let foldedRecord: Fields | null = null;
let foldedNames: ReadonlyMap<string, string> = new Map();
const FEW = 6;

/** The value of a field, whatever the case of its name: some exports fold it. */
export function fieldOf(record: Fields, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  if (record !== foldedRecord) {
    const keys = Object.keys(record);
    if (keys.length <= FEW) return fieldAmong(record, keys, name);
    foldedNames = new Map(keys.map((key) => [lowerCase(key), key]));
    foldedRecord = record;
  }
  const key = foldedNames.get(lowerCase(name));
  return key === undefined ? undefined : record[key];
}

function fieldAmong(record: Fields, keys: readonly string[], name: string): unknown {
  for (const key of keys) {
    if (key.length === name.length && lowerCase(key) === lowerCase(name)) return record[key];
  }
  return undefined;
}

/** The names of fields are always the same few. */
const lowered = new Map<string, string>();
const MOST_LOWERED = 2000;
const LONGEST_LOWERED = 60;

function lowerCase(name: string): string {
  const known = lowered.get(name);
  if (known !== undefined) return known;
  const made = name.toLowerCase();
  if (name.length > LONGEST_LOWERED) return made;
  if (lowered.size >= MOST_LOWERED) lowered.clear();
  lowered.set(name, made);
  return made;
}

/** A plain value as text; null for none, for an empty one and for `<null>`. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || value === '<null>' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** A value as text, a list or an object as its JSON text; null as in `textOf`. */
export const wholeText = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? jsonText(value) : textOf(value);

/** The JSON text of a value; empty for what has none. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** Nested without end: to find that out, the parser takes a second for each megabyte. */
const ENDLESS = /\[{100}|(?:\{"[^"]{0,20}":){100}/;

/** The object that a record's JSON text holds, or null. */
export function recordIn(text: string): Fields | null {
  try {
    const record: unknown = JSON.parse(text);
    return isFields(record) ? record : null;
  } catch {
    return null;
  }
}

/** What a text holds as JSON, or undefined. */
export function jsonIn(text: string): unknown {
  if (!/^\s{0,100}["[{]/.test(text) || ENDLESS.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A list, also when an export wrote it as JSON text; anything else is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  const list = typeof value === 'string' ? jsonIn(value) : value;
  return Array.isArray(list) ? list : [];
}

/** The objects of a list. */
export const fieldsIn = (value: unknown): Fields[] => listOf(value).filter(isFields);

/** An object, also when an export wrote it as JSON text; anything else is an empty one. */
export function objectOf(value: unknown): Fields {
  const object = typeof value === 'string' ? jsonIn(value) : value;
  return isFields(object) ? object : {};
}

/** JSON text inside JSON text goes this deep in no record that was seen. */
const DEEPEST = 4;

/**
 * The plain values in a property's text: of a scalar itself, of a list its entries, unwrapped from the JSON that
 * each may be. Bracket notation (`[KeyIdentifier=…]`) and cut texts begin like JSON and stay as they are; objects
 * are their JSON text.
 */
export function plainValues(text: string | null): string[] {
  if (text === null) return [];
  const found: string[] = [];
  const unwrap = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const entry of value) unwrap(entry, depth);
    else if (typeof value === 'string') {
      const inner = depth < DEEPEST ? jsonIn(value) : undefined;
      if (inner === undefined) {
        if (value.trim() !== '') found.push(value.trim());
      } else unwrap(inner, depth + 1);
    } else if (value !== null && value !== undefined) found.push(wholeText(value) ?? '');
  };
  unwrap(text, 0);
  return found;
}

/** The one plain value of a property's text; the first of several; null for none. */
export const plainValue = (text: string | null): string | null => plainValues(text)[0] ?? null;

/** Whether a text says yes, as PowerShell, JSON or the logs write it; null when it says neither. */
export function truthOf(text: string | null | undefined): boolean | null {
  const word = text?.trim().replace(/^\$/, '').toLowerCase();
  if (word === 'true' || word === '1' || word === 'enabled' || word === 'yes' || word === 'on') return true;
  if (word === 'false' || word === '0' || word === 'disabled' || word === 'no' || word === 'off')
    return false;
  return null;
}

/** A GUID in lower case, or null; the all-zero one stands for nobody. */
export function guidOf(text: string | null): string | null {
  const id = text?.trim().toLowerCase() ?? '';
  return isGuid(id) && !/^[0-]+$/.test(id) ? id : null;
}
