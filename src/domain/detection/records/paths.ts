/** Values along a dotted path of a record, whatever the case of its names. */
import type { FieldValue } from '../record-view.ts';
import { type Fields, fieldOf, isFields, jsonText, textOf } from './loose.ts';

/** No path of a rule is longer. */
const LONGEST = 12;
/** Values of one field that a rule looks at; a record of many megabytes has more. */
const MOST = 10_000;

const NAMES = ['Name', 'key', 'displayName'];
const VALUES = ['Value', 'value', 'NewValue', 'newValue'];

/**
 * The values at a path; undefined where nothing is there. Lists are looked through; a list of names and values
 * (`{Name, Value}`, `{key, value}`) also by those names. An object is its JSON text.
 */
export function valuesAt(record: Fields, path: string): FieldValue[] | undefined {
  const parts = path.split('.');
  if (parts.length > LONGEST) return undefined;
  const found = reach(record, parts, 0);
  return found.length === 0 ? undefined : found.slice(0, MOST).map(leaf);
}

function reach(value: unknown, parts: readonly string[], from: number): unknown[] {
  if (from === parts.length) return isListOfPlain(value) ? [...value] : value === undefined ? [] : [value];
  if (Array.isArray(value)) {
    const name = parts[from] ?? '';
    const inside = value
      .slice(0, MOST)
      .flatMap((entry) => (isFields(entry) ? reach(entry, parts, from) : []));
    const named = value
      .filter(isFields)
      .filter((entry) =>
        NAMES.some((key) => textOf(fieldOf(entry, key))?.toLowerCase() === name.toLowerCase()),
      );
    return [
      ...inside,
      ...named.flatMap((entry) =>
        VALUES.flatMap((key) => (Object.hasOwn(entry, key) ? reach(entry[key], parts, from + 1) : [])),
      ),
    ];
  }
  if (!isFields(value)) return [];
  // A name may hold dots itself: the longest that fits.
  for (let to = parts.length; to > from; to--) {
    const next = fieldOf(value, parts.slice(from, to).join('.'));
    if (next !== undefined) return reach(next, parts, to);
  }
  return [];
}

const isListOfPlain = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((entry) => typeof entry !== 'object' || entry === null);

const leaf = (value: unknown): FieldValue =>
  typeof value === 'object' && value !== null ? jsonText(value) : ((value as FieldValue | undefined) ?? null);

/** No record nests deeper; what lies below is not searched. */
const DEEPEST = 40;

/** Everything textual in a record, and the names of its fields' neighbours `Name` and `key` as they are. */
export function* textsIn(value: unknown, depth = 0): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number' || typeof value === 'boolean') yield String(value);
  else if (typeof value === 'object' && value !== null && depth < DEEPEST) {
    for (const entry of Object.values(value)) yield* textsIn(entry, depth + 1);
  }
}
