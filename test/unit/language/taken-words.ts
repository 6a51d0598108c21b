import list from '../../../src/language/lexicon/common-words.json' with { type: 'json' };
import { wordsOf } from '../../../src/language/names/fold.ts';
import { sentenceSet, type Tenant } from './the-directory.ts';

/** What may be called by a word exactly: the words of names and products, and the names with an s. */
function exactWords({ directory }: Tenant): Set<string> {
  const names = directory.people.flatMap((person) => [
    person.displayName,
    person.givenName ?? '',
    person.userPrincipalName.split('@')[0] ?? '',
    ...person.formerNames,
  ]);
  const products = directory.skus.flatMap(({ displayName, partNumber }) => [displayName, partNumber]);
  const words = [...names, ...names.map((name) => name.replace(/['’]/g, ' ')), ...products].flatMap(wordsOf);
  return new Set([...words, ...words.map((word) => `${word}s`)]);
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A word alone, and with a capital where a name could stand. */
const CARRIERS: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `what happened with ${capitalised(word)} yesterday`,
];

/** The tenants that no ordinary word may be taken for somebody in. */
export const TENANTS: [name: string, tenant: Tenant][] = [
  ['the small tenant', sentenceSet('licenses').tenant],
  ['the tenant whose names are words', sentenceSet('tricky').tenant],
];

/** The languages with their 3,000 most common words. */
export const LANGUAGES: [language: string, words: string[]][] = Object.entries(list.words).map(
  ([language, words]) => [language, words.split(' ').slice(0, 3_000)],
);

/** The sentences in which a word is taken for somebody or a product, though nobody and nothing is called so. */
export function takenForNames(words: readonly string[], tenant: Tenant): string[] {
  const exact = exactWords(tenant);
  return words
    .filter((word) => !exact.has(word))
    .flatMap((word) => CARRIERS.map((carrier) => carrier(word)))
    .filter((text) => {
      const { people, skus } = tenant.read(text);
      return people.length > 0 || skus.length > 0;
    });
}
