import { editDistance, forgiven } from './edit-distance.ts';

/** Words to search by likeness, laid out for speed: for each length, the words and the letters each contains. */
export type CloseWords = ReadonlyMap<number, { words: string[]; letters: Int32Array }>;

type ClosestOptions = {
  /** How many edits are forgiven between two words. */
  allowed?: (a: string, b: string) => number;
  /** Leaves the word itself out, when it is indexed. */
  besidesItself?: boolean;
};

export type CloseWord = { word: string; edits: number };

/**
 * Indexes folded words, yielding after so many of them. Words with digits are left out: another digit is another
 * account, not a typing error.
 */
export function* indexingCloseWords(words: Iterable<string>, atOnce: number): Generator<void, CloseWords> {
  const byLength = new Map<number, { words: string[]; letters: number[] }>();
  let count = 0;
  for (const word of words) {
    if (++count % atOnce === 0) yield;
    if (word.length < 2 || /\d/.test(word)) continue;
    const list = byLength.get(word.length) ?? { words: [], letters: [] };
    list.words.push(word);
    list.letters.push(letters(word));
    byLength.set(word.length, list);
  }
  return new Map(
    [...byLength].map(([length, list]) => [length, { ...list, letters: Int32Array.from(list.letters) }]),
  );
}

/** As `indexingCloseWords`, all at once. */
export function indexCloseWords(words: Iterable<string>): CloseWords {
  const indexing = indexingCloseWords(words, Number.POSITIVE_INFINITY);
  for (;;) {
    const { done, value } = indexing.next();
    if (done) return value;
  }
}

/**
 * The indexed words that `word` may be a misspelling of, the closest only (all with the smallest number of
 * edits). An edit changes at most two members of the set of letters, so comparing the sets first leaves few
 * words to measure, even of several hundred thousand.
 */
export function closestWords(
  index: CloseWords,
  word: string,
  { allowed = forgiven, besidesItself = false }: ClosestOptions = {},
): CloseWord[] {
  const own = letters(word);
  let best = 2;
  let found: CloseWord[] = [];
  for (let length = word.length - 2; length <= word.length + 2; length++) {
    const bucket = index.get(length);
    if (!bucket) continue;
    const limit = allowed(word, bucket.words[0] ?? '');
    if (Math.abs(length - word.length) > limit) continue;
    for (let i = 0; i < bucket.words.length; i++) {
      if (bits((bucket.letters[i] ?? 0) ^ own) > 2 * Math.min(best, limit)) continue;
      const candidate = bucket.words[i] ?? '';
      const edits = editDistance(word, candidate, Math.min(best, limit));
      if (edits > Math.min(best, limit) || (edits === 0 && besidesItself)) continue;
      if (edits < best) found = [];
      best = edits;
      found.push({ word: candidate, edits });
    }
  }
  return found;
}

/** The set of letters as bits: a to z, and all others together. */
function letters(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i) - 97;
    set |= 1 << (letter >= 0 && letter < 26 ? letter : 26);
  }
  return set;
}

function bits(set: number): number {
  let rest = set - ((set >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
