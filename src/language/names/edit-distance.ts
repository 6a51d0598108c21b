/** Longer words are never compared: no name has so many letters. */
const LONGEST = 64;

/** Three rows of the distance table, used again by each call: a directory is compared with word by word. */
const ROWS = [new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1)] as const;

/**
 * Damerau–Levenshtein distance (optimal string alignment: insert, delete, replace, swap neighbours) between two
 * folded words. Returns `limit + 1` as soon as it is certain that the distance is above `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit || a.length > LONGEST || b.length > LONGEST) return over;
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd--;
    bEnd--;
  }
  const height = aEnd - start;
  const width = bEnd - start;
  if (height === 0 || width === 0) return Math.min(height + width, over);
  let [beforePrevious, previous, current]: Uint8Array[] = [...ROWS];
  if (!beforePrevious || !previous || !current) return over;
  for (let column = 0; column <= width; column++) previous[column] = column;
  for (let row = 1; row <= height; row++) {
    const letter = a.charCodeAt(start + row - 1);
    const letterBefore = row > 1 ? a.charCodeAt(start + row - 2) : -1;
    // Further from the diagonal than the limit, the distance is above it.
    const first = Math.max(1, row - limit);
    const last = Math.min(width, row + limit);
    current[first - 1] = first === 1 ? row : over;
    let smallest = first === 1 ? row : over;
    for (let column = first; column <= last; column++) {
      const other = b.charCodeAt(start + column - 1);
      let cost = (previous[column - 1] ?? over) + (letter === other ? 0 : 1);
      cost = Math.min(cost, (previous[column] ?? over) + 1, (current[column - 1] ?? over) + 1);
      if (column > 1 && letterBefore === other && letter === b.charCodeAt(start + column - 2)) {
        cost = Math.min(cost, (beforePrevious[column - 2] ?? over) + 1);
      }
      current[column] = cost;
      if (cost < smallest) smallest = cost;
    }
    if (smallest > limit) return over;
    if (last < width) current[last + 1] = over;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[width] ?? over, over);
}

/** How many typing errors are forgiven between two words: none in a short one, where every letter counts. */
export function forgiven(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  return length <= 3 ? 0 : length <= 6 ? 1 : 2;
}
