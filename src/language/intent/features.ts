import type { Token } from './tokens.ts';

/** Words that say how others belong together: pairs with them tell nothing. */
const LIGHT: ReadonlySet<string> = new Set('^ $ of for to in on at by with from and or'.split(' '));
/** Pairs are made of so many words at most, so that a long sentence stays fast. */
const MAX_PAIRED = 14;
/** Of a word with so many letters, the first and the last ones tell its stem, whatever is put to its end or before it. */
const STEM = { from: 6, letters: 5 };
const TAIL = { from: 7, letters: 5 };
const LENGTHS = [2, 3, 4, 6, 9, 13];

/**
 * What a sentence shows to the model of intent, each feature once:
 * - `word` and `word word`: words as they are written, with `^` and `$` for its ends;
 * - `word*` and `*word`: the beginning and the end of a long word;
 * - `=base`, `=base base`, `=base .. base`: base words beside each other, and with one or two between;
 * - `=base & base`: base words in this order, however far apart;
 * - `#…`: how many people, products and groups it names, whether a time, how long it is, whether it asks.
 */
export function featuresOf(tokens: readonly Token[], asks: boolean): string[] {
  const found = new Set<string>();
  for (const { word } of tokens) {
    found.add(word);
    if (word.length >= STEM.from) found.add(`${word.slice(0, STEM.letters)}*`);
    if (word.length >= TAIL.from) found.add(`*${word.slice(-TAIL.letters)}`);
  }
  const words = ['^', ...tokens.map(({ word }) => word), '$'];
  for (const [at, word] of words.slice(0, -1).entries()) found.add(`${word} ${words[at + 1]}`);

  const bases = ['^', ...tokens.flatMap(({ base }) => (base === '' ? [] : [base])), '$'];
  for (const [at, base] of bases.entries()) {
    if (at > 0 && at < bases.length - 1) found.add(`=${base}`);
    if (at + 1 < bases.length) found.add(`=${base} ${bases[at + 1]}`);
    for (const skip of [2, 3]) if (at + skip < bases.length) found.add(`=${base} .. ${bases[at + skip]}`);
  }
  const telling = bases.filter((base) => !LIGHT.has(base)).slice(0, MAX_PAIRED);
  for (const [at, first] of telling.entries())
    for (const second of telling.slice(at + 1)) found.add(`=${first} & ${second}`);

  const count = (...letters: string[]): number => tokens.filter(({ base }) => letters.includes(base)).length;
  for (const letter of ['P', 'U', 'S', 'G', 'A']) found.add(`#${letter}${Math.min(2, count(letter))}`);
  found.add(`#T${Math.min(1, count('T', 'D'))}`);
  found.add(`#length${LENGTHS.filter((limit) => tokens.length > limit).length}`);
  if (asks) found.add('#?');
  return [...found];
}
