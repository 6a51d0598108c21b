import { closestWords } from './close-words.ts';
import type { IndexedPerson, PeopleIndex } from './people.ts';

/**
 * How well words fit a person, best first: an address or a whole name, the given name, some words of the name,
 * the other spelling of an umlaut.
 */
export type Fit = 'whole' | 'given' | 'part' | 'spelling';

/** Words that may be a person. Several ids mean that they fit several people equally well. */
export type PersonHit = { length: number; ids: string[]; fit: Fit; edits: number };

/** People by their positions in the index, and how well the words fit them. */
type Named = { at: number[]; fit: Fit; edits: number };

const RANK: Readonly<Record<Fit, number>> = { whole: 0, given: 1, part: 2, spelling: 3 };
const MOST_WORDS = 7;
/** Common words such as "van" are in thousands of names; the other words of a name narrow it down enough. */
const MOST_COMPARED = 20_000;

/** For each word of the sentence, the words of the directory that it may stand for, with the edits between them. */
export type NameWords = readonly (readonly { word: string; edits: number }[])[];

/** The directory's words for one word of a sentence: itself, or those that it may misspell. */
export function nameWords(index: PeopleIndex, word: string): { word: string; edits: number }[] {
  return index.byWord.has(word) ? [{ word, edits: 0 }] : closestWords(index.close, word);
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
  for (let length = 1; length <= MOST_WORDS && start + length <= end; length++) {
    const span = words.slice(start, start + length);
    const exact =
      index.byAddress.get(span.join(' ')) ?? (length === 1 ? index.byJoined.get(span[0] ?? '') : undefined);
    // Words that fit nobody together fit nobody with one more.
    const [last = ''] = span.slice(-1);
    const initial = length > 1 && /^\p{L}$/u.test(last) && candidates[start + length - 1]?.length === 0;
    if (initial) named = named && withInitial(index, named, last);
    else if (length === 1 || named !== null)
      named = peopleNamed(index, candidates.slice(start, start + length));
    if (exact && (named === null || named.fit !== 'whole' || named.edits > 0)) {
      hits.push({
        length,
        ids: exact.map((position) => idAt(index, position)),
        fit: 'whole',
        edits: 0,
      });
    } else if (named) {
      const { at, fit, edits } = named;
      hits.push({ length, ids: at.map((position) => idAt(index, position)), fit, edits });
    }
  }
  return hits;
}

/** "Chris G": those of the people found whose family name begins with the letter. */
function withInitial(index: PeopleIndex, named: Named, letter: string): Named | null {
  const at = named.at.filter((position) => {
    const { given = '', names = [] } = index.people[position] ?? {};
    return names.some((name) => name.startsWith(given) && name.slice(given.length).startsWith(letter));
  });
  return at.length === 0 ? null : { ...named, at };
}

/**
 * The people that best fit all of the words. Where nobody has them as they are, the words may be misspellings
 * even if somebody else bears them: Henrietta Muller, beside a Zoë Müller.
 */
function peopleNamed(index: PeopleIndex, span: NameWords): Named | null {
  const found = bestFits(index, span);
  if (found || span.length < 2 || span.some((options) => options.length === 0)) return found;
  return bestFits(
    index,
    span.map((options) => [
      ...options,
      ...options
        .slice(0, 1)
        .flatMap(({ word, edits }) =>
          edits === 0 ? closestWords(index.close, word, { besidesItself: true }) : [],
        ),
    ]),
  );
}

const idAt = (index: PeopleIndex, position: number): string => index.people[position]?.id ?? '';

/** The people that best fit all of the words: fewest typing errors first, then the better kind of fit. */
function bestFits(index: PeopleIndex, span: NameWords): Named | null {
  const postings = span.map((options) => options.map(({ word }) => index.byWord.get(word) ?? []));
  const sizes = postings.map((lists) => lists.reduce((sum, list) => sum + list.length, 0));
  const rarest = sizes.indexOf(Math.min(...sizes));
  if ((sizes[rarest] ?? 0) === 0 || (sizes[rarest] ?? 0) > MOST_COMPARED) return null;
  let best: Named | null = null;
  for (const position of new Set(postings[rarest]?.flat())) {
    const person = index.people[position];
    const fit = person && fitOf(person, span);
    if (!fit) continue;
    const order = best === null ? -1 : fit.edits - best.edits || RANK[fit.fit] - RANK[best.fit];
    if (order < 0) best = { at: [position], ...fit };
    else if (order === 0) best?.at.push(position);
  }
  return best;
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
