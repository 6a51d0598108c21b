import { isAlsoName, isCommonWord } from '../lexicon/common-words.ts';
import { correctedBase, EMPTY, isEmptyAnywhere, type Lexicon, lexiconFor } from '../lexicon/lexicon.ts';
import { isPlace } from '../lexicon/places.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import { nameWords } from '../names/find-person.ts';
import { correctedProductWord, isProductWordHere } from '../names/skus.ts';
import { type Word, wordsIn } from './words.ts';

/** A word with what it may mean by itself, before names are looked for. */
export type ReadWord = Word & {
  /** Its base word in the lexicon; null when the lexicon does not know it, even misspelt. */
  base: string | null;
  /** The base word was guessed from a misspelling. */
  corrected: boolean;
  /** A word that everybody uses, or a place: nobody's name by itself, and no misspelling of one. */
  ordinary: boolean;
  /** As the product finder should read it. */
  product: string;
  /** The directory's words for names that it may be, with the typing errors between them. */
  names: readonly { word: string; edits: number }[];
  /** It stands where a person is named: after "for", "of", "does", "removed", or with a possessive. */
  slot: boolean;
  /** It is part of an address such as rick@contoso.com: only the whole address can be a name. */
  inAddress: boolean;
};

/** Base words after which a name is to be expected. */
const NAME_FOLLOWS = new Set(
  (
    'for of from to by about on with do be have give given assign assigned reassign remove removed change snooze show ' +
    'user history will licensed and audit'
  ).split(' '),
);

/** Reads the words of a sentence: base words, corrected spelling, and what may be a name. */
export function readWords(text: string, index: DirectoryIndex): ReadWord[] {
  const words = wordsIn(text).flatMap((word) => withoutElision(word, index));
  const lexicon = lexiconFor(words.map((word) => word.text));
  const addresses = addressWords(words);
  const read: ReadWord[] = [];
  for (const [position, word] of words.entries()) {
    const before = read[position - 1];
    const afterName = (before?.names.length ?? 0) > 0;
    const slot =
      word.possessive ||
      (before !== undefined && !word.afterBreak && before.base !== null && NAME_FOLLOWS.has(before.base)) ||
      (word.afterBreak && afterName);
    read.push(
      readWord(
        { ...word, slot, inAddress: addresses.has(position) },
        position,
        words,
        lexicon,
        index,
        afterName,
      ),
    );
  }
  return read;
}

/** "d'Adele" as two words, unless that is how somebody is called: D'Angelo. */
function withoutElision(word: Word, { people }: DirectoryIndex): Word[] {
  const { elided, text, start } = word;
  if (elided === 0 || people.byWord.has(text)) return [word];
  const at = start + elided;
  return [
    { ...word, text: text.slice(0, elided), end: at, possessive: false },
    { ...word, text: text.slice(elided), start: at + 1, glue: '', afterBreak: false },
  ];
}

type Placed = Word & { slot: boolean; inAddress: boolean };

function readWord(
  word: Placed,
  position: number,
  words: readonly Word[],
  lexicon: Lexicon,
  index: DirectoryIndex,
  afterName: boolean,
): ReadWord {
  const { text } = word;
  const { people, skus } = index;
  const base = word.inAddress ? null : (lexicon.baseOf.get(text) ?? null);
  const asName = people.byWord.has(text) ? nameWords(people, text) : [];
  const ordinary = !word.inAddress && isOrdinary(word);
  const plain: ReadWord = { ...word, base, corrected: false, ordinary, product: text, names: asName };
  if (base !== null || asName.length > 0 || word.inAddress || /\d/.test(text)) return plain;
  // "Copilots" are licenses of Copilot, also where somebody is called Copilot.
  if (skus.vocabulary.has(text) || (!afterName && isProductWordHere(skus, text))) return plain;
  if (isEmptyAnywhere(text)) return { ...plain, base: EMPTY };

  const owner = ownerWithoutApostrophe(word, words[position + 1], lexicon, index);
  if (owner !== null)
    return { ...plain, end: word.end - 1, possessive: true, slot: true, names: [{ word: owner, edits: 0 }] };

  const isOwn = isCommonWord(text) || isPlace(text);
  const spelled = correctedBase(lexicon, text);
  const product = isOwn ? null : correctedProductWord(skus, text);
  const expected = word.slot || word.capital || position === 0 || afterName;
  // Nothing takes as long as a look through all names.
  const named = isOwn || !(expected || spelled || product) ? [] : nameWords(people, text);
  const nameEdits = named[0]?.edits ?? 9;
  const baseEdits = spelled?.edits ?? 9;
  const productEdits = product?.edits ?? 9;
  const looksLikeName = word.possessive || (word.slot && word.capital);
  if (product && productEdits <= Math.min(nameEdits, baseEdits)) return { ...plain, product: product.word };
  if (spelled && !looksLikeName && baseEdits <= nameEdits) {
    return { ...plain, base: spelled.base, corrected: true };
  }
  return expected ? { ...plain, names: named } : plain;
}

/** "Frank" and "Frank's" may be somebody, "frank" is a word; "manager" is one in any case. */
const isOrdinary = ({ text, capital, possessive }: Word): boolean =>
  isCommonWord(text) ? !(isAlsoName(text) && (capital || possessive)) : isPlace(text) && !possessive;

/** "ricks license", "Annas Lizenz": the name without its ending, where something that one owns follows. */
function ownerWithoutApostrophe(
  word: Placed,
  next: Word | undefined,
  lexicon: Lexicon,
  { people, skus }: DirectoryIndex,
): string | null {
  const stem = word.text.slice(0, -1);
  if (!word.text.endsWith('s') || stem.length < 2 || !people.byWord.has(stem) || !next) return null;
  const base = lexicon.baseOf.get(next.text) ?? correctedBase(lexicon, next.text)?.base ?? '';
  const owned = ['license', 'history', 'change', 'user', 'event', 'audit', 'assignment', EMPTY].includes(
    base,
  );
  return owned || skus.vocabulary.has(next.text) || word.slot ? stem : null;
}

/** Positions of the words of addresses: those joined with "@", and what is joined to them with dots and dashes. */
function addressWords(words: readonly Word[]): Set<number> {
  const inside = new Set<number>();
  for (let at = 1; at < words.length; at++) {
    if (words[at]?.glue !== '@') continue;
    let first = at - 1;
    while (first > 0 && isJoined(words[first])) first--;
    let last = at;
    while (isJoined(words[last + 1])) last++;
    for (let position = first; position <= last; position++) inside.add(position);
  }
  return inside;
}

const isJoined = (word: Word | undefined): boolean => word !== undefined && /^[._+-]$/.test(word.glue);
