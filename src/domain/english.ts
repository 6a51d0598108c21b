import { numeral } from './numerals.ts';

const LISTS = {
  and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
} as const;

/** Joins names as a sentence does: "A", "A and B", "A, B and C"; nothing of none. */
export const listed = (names: readonly string[], word: 'and' | 'or' = 'and'): string =>
  LISTS[word].format(names);

/** Joins the first `most` names and says how many others there are: "A, B and 3 more". */
export function listedUpTo(
  names: readonly string[],
  most: number,
  others: (number: number) => string = (number) => `${numeral(number)} more`,
): string {
  const left = names.length - most;
  return listed(left > 0 ? [...names.slice(0, most), others(left)] : names);
}

/** Begins a sentence with this text: "the group" → "The group". */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
