/** The JSON text of records whose nesting is deeper than `JSON.stringify` can go, and a text for comparing. */

/** JSON of a value that came from JSON; also of one that is nested without measure. */
export function rawJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return written(value, (keys) => keys);
  }
}

/** The same text for records that say the same with their fields in another order. */
export const canonicalJson = (value: unknown): string => written(value, (keys) => keys.toSorted());

/** What remains to be written: a value, or text that is finished. */
type Rest = { value: unknown } | string;

/** Writes without recursion: the stack of a program is smaller than what a record can nest. */
function written(root: unknown, order: (keys: string[]) => string[]): string {
  const parts: string[] = [];
  const rest: Rest[] = [{ value: root }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') parts.push(next);
    else rest.push(...piecesOf(next.value, order).reverse());
  }
  return parts.join('');
}

function piecesOf(value: unknown, order: (keys: string[]) => string[]): Rest[] {
  if (Array.isArray(value)) {
    return [
      '[',
      ...value.flatMap((entry: unknown, index): Rest[] => [...comma(index), { value: entry }]),
      ']',
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const fields = new Map(Object.entries(value));
    return [
      '{',
      ...order([...fields.keys()]).flatMap((key, index): Rest[] => [
        ...comma(index),
        `${JSON.stringify(key)}:`,
        { value: fields.get(key) },
      ]),
      '}',
    ];
  }
  return [JSON.stringify(value) ?? 'null'];
}

const comma = (index: number): string[] => (index === 0 ? [] : [',']);
