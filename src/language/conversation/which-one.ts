import type { DirectoryIndex } from '../names/directory-index.ts';
import { wordsOf } from '../names/fold.ts';
import { offered } from '../names/people-like.ts';
import type { Query } from '../query.ts';
import type { Reading } from '../sentence/read-sentence.ts';

/** How places in a list are said, folded; the last one is -1. */
const PLACES: readonly (readonly [place: number, words: string])[] = [
  [1, '1 1st first erste ersten erster eerste premier premiere primero primera'],
  [2, '2 2nd second zweite zweiten zweiter tweede deuxieme second seconde segundo segunda'],
  [3, '3 3rd third dritte dritten derde troisieme tercero tercera'],
  [4, '4 4th fourth vierte vierten vierde quatrieme cuarto cuarta'],
  [5, '5 5th fifth funfte funften vijfde cinquieme quinto'],
  [6, '6 6th sixth sechste zesde sixieme sexto'],
  [7, '7 7th seventh siebte zevende septieme septimo'],
  [8, '8 8th eighth achte achtste huitieme octavo'],
  [-1, 'last letzte letzten laatste dernier derniere ultimo ultima'],
];
const PLACE_OF: ReadonlyMap<string, number> = new Map(
  PLACES.flatMap(([place, words]) => words.split(' ').map((word) => [word, place] as const)),
);

/** What may stand around a place: "the second one please", "nummer 2". */
const AROUND = new Set(
  'the one number no nr option choice please i mean meant ich meine der die das den nummer de het optie bitte graag le la el numero'.split(
    ' ',
  ),
);

/**
 * The question that waited for a name, now that it was given: a place in the list of choices ("2", "the second
 * one"), a part of the name ("Green"), or another name in full. Null for any other sentence.
 */
export function chosen(reading: Reading, previous: Query, index: DirectoryIndex): Query | null {
  const [asked = '', ...unresolved] = previous.unresolved;
  const choices = offered(asked, index);
  const place = placeOf(reading.words);
  if (place !== null) {
    const id = choices.at(place > 0 ? place - 1 : -1);
    return id === undefined ? null : { ...previous, people: [...previous.people, id], unresolved };
  }
  const { parts } = reading;
  const said = reading.said();
  if (/^(?:P|\?)(?: (?:P|\?))?$/.test(said)) {
    const fitting = parts.people.length === 1 ? parts.people : namedAll(choices, reading.words, index);
    const [id] = fitting;
    if (fitting.length !== 1 || id === undefined) return null;
    return { ...previous, people: [...new Set([...previous.people, id])], unresolved };
  }
  if (said === 'S' && parts.skus.length > 0) {
    return { ...previous, skus: [...new Set([...previous.skus, ...parts.skus])], unresolved };
  }
  return null;
}

/** The place in a list that a text names and nothing else: 2 for "the second one", -1 for the last; null for others. */
export const placeIn = (text: string): number | null => placeOf(wordsOf(text));

function placeOf(words: readonly string[]): number | null {
  const telling = words.filter((word) => !AROUND.has(word));
  const [word = ''] = telling;
  return telling.length === 1 ? (PLACE_OF.get(word) ?? null) : null;
}

/** Those of the choices whose names have all of the words. */
function namedAll(
  choices: readonly string[],
  words: readonly string[],
  { people }: DirectoryIndex,
): string[] {
  const named = words.map(
    (word) => new Set(people.byWord.get(word)?.map((position) => people.people[position]?.id)),
  );
  return choices.filter((id) => named.every((ids) => ids.has(id)));
}
