import { describe, expect, it } from 'vitest';
import list from '../../../src/language/lexicon/common-words.json' with { type: 'json' };
import { fold, wordsOf } from '../../../src/language/names/fold.ts';
import { read, sentenceSet, type Tenant, told } from './the-directory.ts';

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

describe.each([
  ['the small tenant', sentenceSet('licenses').tenant],
  ['the tenant whose names are words', sentenceSet('tricky').tenant],
])('in %s the 3,000 most common words are nobody and no product', (_name, tenant) => {
  const exact = exactWords(tenant);
  it.each(Object.entries(list.words))('%s', { timeout: 60_000 }, (_language, words) => {
    const taken = words
      .split(' ')
      .slice(0, 3_000)
      .filter((word) => !exact.has(word))
      .flatMap((word) => CARRIERS.map((carrier) => carrier(word)))
      .filter((text) => {
        const { people, skus } = tenant.read(text);
        return people.length > 0 || skus.length > 0;
      });
    expect(taken).toEqual([]);
  });
});

describe('an ordinary word beside a name is not taken for somebody, nor asked about', () => {
  it.each([
    ["who changed Rick's manager", ['rick']],
    ["why did Rick's manager lose his license", ['rick']],
    ['wie heeft de licentie van Rick eruit gegooid', ['rick']],
    ['wer hat die Lizenz von Lee überhaupt geändert', ['leeg']],
    ['history of Rick for the Global team', ['rick']],
    ['history of Rick since the Google migration', ['rick']],
    ['who removed the license of Lee for Germany', ['leeg']],
    ['who removed the license of Lee in Berlin', ['leeg']],
    ['wie heeft Rick geen licentie langer gegeven', ['rick']],
    ['qui a retiré la licence de Megan pendant la réunion', ['meganb']],
    ['quién le quitó la licencia a Megan durante la reunión', ['meganb']],
    ['who removed the licenses of Finance', []],
    ['who removed licenses for HR', []],
    ['wer hat die Lizenzen vom Vertrieb entfernt', []],
    ['wie heeft de licenties van Verkoop verwijderd', []],
  ])('%s', (text, people) => {
    expect(told(read(text))).toMatchObject({ people, unresolved: [] });
  });
});

describe('a name that is also a word', () => {
  it.each([
    ['is asked about with a capital, where nobody bears it', 'licenses of Frank', ['frank']],
    ['is asked about with what belongs to it', "who changed bob's license", ['bob']],
    ['is asked about with its family name', "who changed Frank Miller's license", ['frank miller']],
    ['is not asked about as a word', 'who changed the license, to be frank', []],
  ])('%s', (_what, text, unresolved) => {
    expect(told(read(text)).unresolved).toEqual(unresolved);
  });

  it('is still forgiven its typing errors where they make no word', () => {
    expect(told(read('history of Isiah and Prdaeep')).people).toEqual(['isaiahl', 'pradeepg']);
  });
});

it('the words are folded, as sentences are', () => {
  expect(Object.values(list.words).filter((words) => fold(words) !== words)).toEqual([]);
});
