/**
 * Every text inside a value, keys too, at any depth.
 * @param value of JSON
 */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** What cards put into texts so that Teams does not read them as Markdown or as an expression. */
const PUT_IN = /[\\\u2060\u200b]/g;

/** All texts of a value as somebody reads them, in small letters. */
export const readable = (value: unknown): string =>
  textsIn(value).join('\n').replace(PUT_IN, '').normalize('NFC').toLowerCase();
