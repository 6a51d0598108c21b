import { type CloseWord, closestWords } from './close-words.ts';
import type { Fit, Named } from './effort.ts';
import type { IndexedPerson, PeopleIndex } from './people.ts';

/** Words that may be a person. Several ids mean that they fit several people equally well. */
export type PersonHit = { length: number; ids: string[]; fit: Fit; edits: number };

const RANK: Readonly<Record<Fit, number>> = { whole: 0, given: 1, part: 2, spelling: 3 };
const MAX_WORDS = 7;
/** Common words such as "van" are in thousands of names; the other words of a name narrow it down enough. */
const MAX_COMPARED = 20_000;

/** For each word of the sentence, the words of the directory that it may stand for, with the edits between them. */
export type NameWords = readonly (readonly CloseWord[])[];

/** The directory's words for one word of a sentence: itself, or those that it may misspell. */
export const nameWords = (index: PeopleIndex, word: string): readonly CloseWord[] =>
  index.byWord.has(word) ? [{ word, edits: 0 }] : wordsLike(index, word, false);

/** The words that one may misspell, looked for once a sentence and only as often as its effort allows. */
function wordsLike(index: PeopleIndex, word: string, besidesItself: boolean): readonly CloseWord[] {
  const { effort, close } = index;
  if (!effort) return closestWords(close, word, { besidesItself });
  const known = effort.closest.get(word);
  if (known) return known;
  const found = effort.lookThrough-- > 0 ? closestWords(close, word, { besidesItself }) : [];
  effort.closest.set(word, found);
  return found;
}

/** Every reading as a person of the words from `start` on, shortest first; the words may be typed with errors. */
export function findPeople(
  index: PeopleIndex,
  words: readonly string[],
  candidates: NameWords,
  start: number,
  end: number,
): PersonHit[] {
  const hits: PersonHit[] = [];
  let named: Named | null = null;
  const mayBeAddress = index.addressStarts.has(words[start] ?? '');
  for (let length = 1; length <= MAX_WORDS && start + length <= end; length++) {
    // Words that fit nobody together fit nobody with one more.
    if (length > 1 && named === null && !mayBeAddress) break;
    const last = words[start + length - 1] ?? '';
    const exact =
      length === 1
        ? (index.byAddress.get(last) ?? index.byJoined.get(last))
        : mayBeAddress
          ? index.byAddress.get(words.slice(start, start + length).join(' '))
          : undefined;
    const span = candidates.slice(start, start + length);
    if (span.at(-1)?.length !== 0) named = length === 1 || named ? peopleNamed(index, span) : null;
    else if (named && /^\p{L}$/u.test(last)) named = withInitial(index, named, span.slice(0, -1), last);
    else named = null;
    if (exact && (named === null || named.fit !== 'whole' || named.edits > 0)) {
      hits.push({
        length,
        ids: exact.map((position) => idAt(index, position)),
        fit: 'whole',
        edits: 0,
      });
    } else if (named) {
      const { ids, fit, edits } = named;
      hits.push({ length, ids, fit, edits });
    }
  }
  return hits;
}

/** "Chris G": those of the people found whose family name begins with the letter. */
function withInitial(index: PeopleIndex, named: Named, span: NameWords, letter: string): Named | null {
  return onceASentence(index, `${textOf(span)} ${letter}.`, () => {
    const at = named.at.filter((position) => {
      const { given = '', names = [] } = index.people[position] ?? {};
      return names.some((name) => name.startsWith(given) && name.startsWith(letter, given.length));
    });
    return at.length === 0 ? null : { ...named, at, ids: at.map((position) => idAt(index, position)) };
  });
}

const textOf = (span: NameWords): string => span.map(([first]) => first?.word ?? '').join(' ');

function onceASentence(index: PeopleIndex, key: string, find: () => Named | null): Named | null {
  if (!index.effort) return find();
  const { found } = index.effort;
  const known = found.get(key);
  if (known !== undefined) return known;
  const named = find();
  found.set(key, named);
  return named;
}

/** The people that best fit all of the words, looked for once a sentence. */
const peopleNamed = (index: PeopleIndex, span: NameWords): Named | null =>
  onceASentence(index, textOf(span), () => spelledOrMisspelt(index, span));

/**
 * Where nobody has the words as they are, they may be misspellings even if somebody else bears them: Henrietta
 * Muller, beside a Zoë Müller.
 */
function spelledOrMisspelt(index: PeopleIndex, span: NameWords): Named | null {
  const found = bestFits(index, span);
  if (found || span.length < 2 || span.some((options) => options.length === 0)) return found;
  return bestFits(
    index,
    span.map((options) => [
      ...options,
      ...options
        .slice(0, 1)
        .flatMap(({ word, edits }) => (edits === 0 && word.length > 3 ? wordsLike(index, word, true) : [])),
    ]),
  );
}

const idAt = (index: PeopleIndex, position: number): string => index.people[position]?.id ?? '';

/** The people that best fit all of the words: fewest typing errors first, then the better kind of fit. */
function bestFits(index: PeopleIndex, span: NameWords): Named | null {
  const postings = span.map((options) => options.map(({ word }) => index.byWord.get(word) ?? []));
  const sizes = postings.map((lists) => lists.reduce((sum, list) => sum + list.length, 0));
  const rarest = sizes.indexOf(Math.min(...sizes));
  const compared = sizes[rarest] ?? 0;
  if (compared === 0 || compared > MAX_COMPARED) return null;
  if (index.effort) index.effort.compare -= compared;
  if (index.effort && index.effort.compare < 0) return null;
  const fits = matcher(span);
  let best: { at: number[]; fit: Fit; edits: number } | null = null;
  for (const position of new Set(postings[rarest]?.flat())) {
    const person = index.people[position];
    const fit = person && fits(person);
    if (!fit) continue;
    const order = best === null ? -1 : fit.edits - best.edits || RANK[fit.fit] - RANK[best.fit];
    if (order < 0) best = { at: [position], ...fit };
    else if (order === 0) best?.at.push(position);
  }
  return best && { ...best, ids: best.at.map((position) => idAt(index, position)) };
}

/**
 * How words fit a person, or null. Words that may be typed in one way only are compared as they are: thousands of
 * people may bear one.
 */
function matcher(span: NameWords): (person: IndexedPerson) => { fit: Fit; edits: number } | null {
  if (span.some((options) => options.length !== 1)) return (person) => fitOf(person, span);
  const words = span.flat();
  const phrase = ` ${words.map(({ word }) => word).join(' ')} `;
  const spaced = words.map(({ word }) => ` ${word} `);
  const edits = words.reduce((sum, word) => sum + word.edits, 0);
  const [whole, given, part, spelling] = (['whole', 'given', 'part', 'spelling'] as const).map((fit) => ({
    fit,
    edits,
  }));
  return (person) => {
    if (person.given === phrase) return (person.names.includes(phrase) ? whole : given) ?? null;
    const { all, spelledOut } = person;
    if (spaced.every((word) => all.includes(word)))
      return (person.names.includes(phrase) ? whole : part) ?? null;
    if (spelledOut === '') return null;
    return spaced.every((word) => all.includes(word) || spelledOut.includes(word))
      ? (spelling ?? null)
      : null;
  };
}

/** How the words fit one person, or null when one of them is not in the name at all. */
function fitOf(person: IndexedPerson, span: NameWords): { fit: Fit; edits: number } | null {
  let edits = 0;
  let spelledOut = false;
  const said: string[] = [];
  for (const options of span) {
    let option = options.find(({ word }) => person.all.includes(` ${word} `));
    if (!option) {
      option = options.find(({ word }) => person.spelledOut.includes(` ${word} `));
      spelledOut = true;
    }
    if (!option) return null;
    edits += option.edits;
    said.push(option.word);
  }
  const phrase = ` ${said.join(' ')} `;
  if (spelledOut) return { fit: 'spelling', edits };
  if (person.names.includes(phrase)) return { fit: 'whole', edits };
  return { fit: person.given === phrase ? 'given' : 'part', edits };
}
