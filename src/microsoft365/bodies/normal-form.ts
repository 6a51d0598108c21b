/** How Graph's spellings become ours. Written for the user listing, where each runs millions of times. */

/** Graph writes ids in either case; ours are lower case. */
export const lowerCase = (id: string): string => id.toLowerCase();

const NONE: readonly string[] = [];

/** Takes a list of ids in any case and order, or none; returns a new list, lower-cased and sorted. */
export function sortedLowerCase(ids: readonly string[] | null | undefined): string[] {
  const lowered = (ids ?? NONE).map(lowerCase);
  return lowered.length > 1 ? lowered.sort() : lowered;
}

/** Graph says null, "" or "None" for no error; we say null. */
export const errorOrNull = (error: string | null | undefined): string | null =>
  error === undefined || error === null || error === '' || error === 'None' ? null : error;
