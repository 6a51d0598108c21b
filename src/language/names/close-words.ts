import { editDistance, forgiven } from './edit-distance.ts';

/** Words to search by likeness, laid out for speed: for each length, the words and the letters in them, once and twice. */
export type CloseWords = ReadonlyMap<number, { words: string[]; once: Int32Array; twice: Int32Array }>;

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
  const byLength = new Map<number, string[]>();
  let count = 0;
  for (const word of words) {
    if (++count % atOnce === 0) yield;
    if (word.length < 2 || /\d/.test(word)) continue;
    const list = byLength.get(word.length);
    if (list) list.push(word);
    else byLength.set(word.length, [word]);
  }
  const index = new Map<number, { words: string[]; once: Int32Array; twice: Int32Array }>();
  for (const [length, list] of byLength) {
    const bucket = { words: list, once: new Int32Array(list.length), twice: new Int32Array(list.length) };
    for (const [at, word] of list.entries()) {
      if (++count % atOnce === 0) yield;
      const letters = lettersOf(word);
      bucket.once[at] = letters.once;
      bucket.twice[at] = letters.twice;
    }
    index.set(length, bucket);
  }
  return index;
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
 * edits). A letter more or less changes how often one letter is there, another edit how often two are; comparing
 * that first leaves few words to measure, even of several hundred thousand.
 */
export function closestWords(
  index: CloseWords,
  word: string,
  { allowed = forgiven, besidesItself = false }: ClosestOptions = {},
): CloseWord[] {
  const own = lettersOf(word);
  let best = 2;
  let found: CloseWord[] = [];
  for (let length = word.length - 2; length <= word.length + 2; length++) {
    const bucket = index.get(length);
    if (!bucket) continue;
    const limit = allowed(word, bucket.words[0] ?? '');
    const longer = Math.abs(length - word.length);
    if (longer > limit) continue;
    const { words, once, twice } = bucket;
    let most = Math.min(best, limit);
    for (let i = 0; i < words.length; i++) {
      const changed = bits((once[i] ?? 0) ^ own.once) + bits((twice[i] ?? 0) ^ own.twice);
      if (changed > 2 * most - longer) continue;
      const candidate = words[i] ?? '';
      const edits = editDistance(word, candidate, most);
      if (edits > most || (edits === 0 && besidesItself)) continue;
      if (edits < best) found = [];
      best = edits;
      most = Math.min(best, limit);
      found.push({ word: candidate, edits });
    }
  }
  return found;
}

/** The letters that stand in a word, and those that do so twice, as bits: a to z, and all others together. */
function lettersOf(word: string): { once: number; twice: number } {
  let once = 0;
  let twice = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i) - 97;
    const bit = 1 << (letter >= 0 && letter < 26 ? letter : 26);
    twice |= once & bit;
    once |= bit;
  }
  return { once, twice };
}

function bits(set: number): number {
  let rest = set - ((set >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
