import type { Comparison, Filter, Literal } from './filter.ts';

/** Reads a property path of one item. */
export type Reader = (path: string) => unknown;

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\d(T|$)/.test(text);

/** Brings both sides to something comparable: times to numbers, texts to lower case. */
function comparable(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return isTime(value) ? Date.parse(value) : value.toLowerCase();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function compares(actual: unknown, comparison: Comparison, expected: Literal): boolean {
  const a = comparable(actual);
  const b = comparable(expected);
  if (comparison === 'eq') return a === b;
  if (comparison === 'ne') return a !== b;
  if (a === null || b === null || typeof a !== typeof b) return false;
  switch (comparison) {
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads paths of a plain object; `a/b` goes down, `a/$count` counts. */
export const readerOf =
  (item: unknown): Reader =>
  (path) => {
    let value = item;
    for (const name of path === '' ? [] : path.split('/')) {
      if (name === '$count') value = Array.isArray(value) ? value.length : 0;
      else value = isObject(value) ? value[name] : undefined;
    }
    return value;
  };

/** Whether an item passes a filter. Comparisons ignore letter case, as the directory does. */
export function passes(filter: Filter, read: Reader): boolean {
  switch (filter.kind) {
    case 'and':
      return passes(filter.left, read) && passes(filter.right, read);
    case 'or':
      return passes(filter.left, read) || passes(filter.right, read);
    case 'not':
      return !passes(filter.inner, read);
    case 'compare':
      return compares(read(filter.path), filter.comparison, filter.value);
    case 'startswith': {
      const value = read(filter.path);
      return typeof value === 'string' && value.toLowerCase().startsWith(filter.value.toLowerCase());
    }
    case 'any': {
      const items = read(filter.path);
      return Array.isArray(items) && items.some((item) => passes(filter.inner, readerOf(item)));
    }
  }
}
