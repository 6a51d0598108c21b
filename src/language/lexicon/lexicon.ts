import { type CloseWords, closestWords, indexCloseWords } from '../names/close-words.ts';
import { DUTCH } from './dutch.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { SPANISH } from './spanish.ts';

/** The base word of a word that carries no meaning of its own, such as "the". */
export const EMPTY = '-';

type Forms = Readonly<Record<string, string>>;

/** The words of one language (with English behind it), from folded form to base word. */
export type Lexicon = { baseOf: ReadonlyMap<string, string>; close: CloseWords };

const OTHERS: readonly Forms[] = [GERMAN, DUTCH, FRENCH, SPANISH];

const formsOf = (language: Forms): Map<string, string> => {
  const bases = new Map<string, string>();
  for (const [base, forms] of Object.entries(language)) {
    for (const form of forms.split(' ')) if (form !== '' && !bases.has(form)) bases.set(form, base);
  }
  return bases;
};

const buildLexicon = (own: ReadonlyMap<string, string>, english: ReadonlyMap<string, string>): Lexicon => {
  const baseOf = new Map([...english, ...own]);
  const correctable = [...baseOf.keys()].filter((form) => form.length >= 4);
  return { baseOf, close: indexCloseWords(correctable) };
};

const english = formsOf(ENGLISH);
for (const base of Object.keys(ENGLISH)) if (!english.has(base)) english.set(base, base);
const ENGLISH_LEXICON = buildLexicon(new Map(), english);
const OTHER_LEXICONS = OTHERS.map((forms) => {
  const own = formsOf(forms);
  return { own, lexicon: buildLexicon(own, english) };
});

/**
 * The lexicon of the language that a sentence is written in: the one that knows most of its words, English when
 * another does not know more. "was" and "wie" mean different things in German, Dutch and English, so one
 * language is chosen for the whole sentence.
 */
export function lexiconFor(words: readonly string[]): Lexicon {
  let best = ENGLISH_LEXICON;
  let most = words.filter((word) => tellsEnglish(word)).length;
  for (const { own, lexicon } of OTHER_LEXICONS) {
    const known = words.filter((word) => own.has(word)).length;
    if (known > most) {
      most = known;
      best = lexicon;
    }
  }
  return best;
}

/** English words that the other languages write alike: they do not tell which language a sentence is in. */
const SHARED_BASES: ReadonlySet<string> = new Set(
  'april august september november december export scan status audit log team'.split(' '),
);

const tellsEnglish = (word: string): boolean => {
  const base = english.get(word);
  return base !== undefined && !/\d/.test(word) && !SHARED_BASES.has(base);
};

/** Whether a word means nothing of its own in any of the languages: sentences mix them ("start een scan"). */
export const isEmptyAnywhere = (word: string): boolean =>
  OTHER_LEXICONS.some(({ own }) => own.get(word) === EMPTY);

/** Words that are spelled right, though none of the lexicon, and a letter away from another: "abrió" is not April. */
const SPELLED_RIGHT: ReadonlySet<string> = new Set('abrio abriu abri abriram abrieron'.split(' '));

/**
 * The base word of a misspelt one and how many letters are wrong, or null. A word of four letters is corrected only
 * where they are in the wrong order: one other letter makes too many other words of it.
 */
export function correctedBase(lexicon: Lexicon, word: string): { base: string; edits: number } | null {
  if (word.length < 4 || /\d/.test(word) || SPELLED_RIGHT.has(word)) return null;
  const found = closestWords(lexicon.close, word);
  const letters = [...word].sort().join('');
  const [closest] =
    word.length > 4 ? found : found.filter((close) => [...close.word].sort().join('') === letters);
  const base = closest && lexicon.baseOf.get(closest.word);
  return closest && base !== undefined ? { base, edits: closest.edits } : null;
}
