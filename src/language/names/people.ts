import type { DirectoryPerson } from '../query.ts';
import { type CloseWords, indexingCloseWords } from './close-words.ts';
import type { Effort } from './effort.ts';
import { foldSpelledOut, wordsOf } from './fold.ts';

/** A person's names, folded, each between spaces so that whole words can be looked for. */
export type IndexedPerson = {
  id: string;
  /** Display name, given name with surname, surname first, former names. */
  names: readonly string[];
  given: string;
  /** All of these together. */
  all: string;
  /** The same names in the other spelling of their umlauts; empty where there is none. */
  spelledOut: string;
};

/** The people of a directory, prepared for finding them in a sentence. Postings are positions in `people`. */
export type PeopleIndex = {
  people: readonly IndexedPerson[];
  byWord: ReadonlyMap<string, readonly number[]>;
  /** UPN, mail and local parts by their words: "anna kowalska", "rick contoso com". */
  byAddress: ReadonlyMap<string, readonly number[]>;
  /** First words of addresses that have more than one. */
  addressStarts: ReadonlySet<string>;
  /** Names written in one go: "adelevance". */
  byJoined: ReadonlyMap<string, readonly number[]>;
  close: CloseWords;
  /** Limits what one sentence may cost; null where nobody typed the words. */
  effort: Effort | null;
};

/** How many people, or words of their names, are prepared at a time: some milliseconds of work. */
const AT_ONCE = 500;
const WORDS_AT_ONCE = 5_000;

/** Prepares the people of a directory: linear in their number. Yields between portions of them. */
export function* indexingPeople(directory: readonly DirectoryPerson[]): Generator<void, PeopleIndex> {
  const people: IndexedPerson[] = [];
  const byWord = new Map<string, number[]>();
  const byAddress = new Map<string, number[]>();
  const addressStarts = new Set<string>();
  const byJoined = new Map<string, number[]>();
  for (const [position, person] of directory.entries()) {
    const indexed = indexPerson(person);
    people.push(indexed);
    for (const word of new Set(`${indexed.all}${indexed.spelledOut}`.split(' '))) {
      if (word !== '') post(byWord, word, position);
    }
    for (const address of addressesOf(person)) {
      post(byAddress, address, position);
      const end = address.indexOf(' ');
      if (end > 0) addressStarts.add(address.slice(0, end));
    }
    post(byJoined, (indexed.names[0] ?? '').replaceAll(' ', ''), position);
    if (position % AT_ONCE === AT_ONCE - 1) yield;
  }
  const close = yield* indexingCloseWords(byWord.keys(), WORDS_AT_ONCE);
  return { people, byWord, byAddress, addressStarts, byJoined, close, effort: null };
}

function indexPerson(person: DirectoryPerson): IndexedPerson {
  const { givenName, surname, displayName, formerNames } = person;
  const said = [displayName, ...formerNames];
  // "O'Brien" is typed as one word and as two.
  for (const name of said.slice()) if (/['’]/.test(name)) said.push(name.replace(/['’]/g, ' '));
  const names = new Set(said.map((name) => spaced(wordsOf(name))));
  const given = spaced(wordsOf(givenName ?? ''));
  if (given !== '' && surname) {
    const family = wordsOf(surname).join(' ');
    names.add(`${given}${family} `).add(` ${family}${given}`);
  }
  const umlauts = said.filter((name) => /[äöüåø]/i.test(name.normalize('NFC')));
  return {
    id: person.id,
    names: [...names],
    given,
    all: `${[...names].join('')}${given}`,
    spelledOut: spaced(umlauts.flatMap((name) => wordsOf(foldSpelledOut(name)))),
  };
}

const spaced = (words: readonly string[]): string => (words.length === 0 ? '' : ` ${words.join(' ')} `);

const addressesOf = ({ userPrincipalName, mail }: DirectoryPerson): Set<string> => {
  const addresses = new Set<string>();
  for (const address of new Set([userPrincipalName, mail ?? ''])) {
    if (address === '') continue;
    addresses.add(wordsOf(address).join(' '));
    addresses.add(wordsOf(address.split('@')[0] ?? '').join(' '));
  }
  return addresses;
};

function post(map: Map<string, number[]>, key: string, position: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [position]);
  else if (list[list.length - 1] !== position) list.push(position);
}
