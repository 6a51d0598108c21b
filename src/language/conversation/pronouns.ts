import { factsOf, isAbout } from '../facts.ts';
import type { LetterAt } from '../intent/tokens.ts';
import type { Intent, Query } from '../query.ts';
import type { Reading } from '../sentence/read-sentence.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words for people who were named before, in the languages of the lexicon, folded. */
const PEOPLE = setOf(
  'he she him her his hers they them their theirs hij zij hem haar hun hen ihm ihn ihr ihre ihren ihrer ' +
    'sein seine seinen seiner sie lui leur elle ella ellos',
);
/** These, too, but they are mostly something else: "zijn de logs compleet". */
const PERHAPS_PEOPLE = setOf('ze zijn er il son sa ses su sus el');
/** Words for what was named before, and for the whole matter: "give it back". */
const THINGS = setOf('it het es ca ones those eso esto ceci cela daraus davon hiervan daarvan');
/** "that" also joins sentences; at the end, or before one of these, it means something. */
const DEMONSTRATIVE = setOf('that this one das dat dit');
const AFTER_IT = setOf('back from to for happen happened is was license licence licenses licences');

/** A query with the previous people and products in place of the pronouns of its sentence. */
export function carryPronouns(reading: Reading, previous: Query): Query {
  const { parts, words } = reading;
  const named = parts.people.length + parts.unresolved.length + parts.groups.length > 0;
  const before = previous.people.length + previous.unresolved.length > 0;
  const thing = words.findIndex((word, at) => THINGS.has(word) || pointsBack(words, at));
  const product = thing !== -1 && parts.skus.length === 0 && previous.skus.length > 0;
  const letterAt = (people: ReadonlySet<string>) => (at: number) =>
    !named && before && people.has(words[at] ?? '') ? 'P' : at === thing && product ? 'S' : null;
  const intent = intentWith(reading, letterAt);

  // What was left out because the sentence alone made no sense is part of it now.
  const query = intent === reading.query.intent ? reading.query : { ...parts, intent };
  const person =
    words.some((word) => PEOPLE.has(word) || PERHAPS_PEOPLE.has(word)) ||
    (thing !== -1 && (factsOf(intent).itIsAll === true || query.evidence === true));
  const people = isAbout(intent, 'people') && intent !== 'decisions' && !named && person;
  const skus = isAbout(intent, 'products') && product;
  return {
    ...query,
    people: people ? [...new Set([...query.people, ...previous.people])] : query.people,
    unresolved: people ? previous.unresolved : query.unresolved,
    groups: people && previous.people.length === 0 ? previous.groups : query.groups,
    skus: skus ? previous.skus : query.skus,
  };
}

/** The intent of the sentence with names in place of its pronouns, where that makes it one about them. */
function intentWith(
  { query, intentWith: read }: Reading,
  letterAt: (people: ReadonlySet<string>) => LetterAt,
): Intent {
  const sure = read(letterAt(PEOPLE));
  const lost = query.intent === 'unknown' || query.intent === 'help' || query.intent === 'small-talk';
  if (lost ? isAbout(sure, 'products') || isAbout(sure, 'people') : isAbout(sure, 'people')) return sure;
  const perhaps = read(letterAt(new Set([...PEOPLE, ...PERHAPS_PEOPLE])));
  return lost && isAbout(perhaps, 'people') ? perhaps : query.intent;
}

const pointsBack = (words: readonly string[], at: number): boolean =>
  DEMONSTRATIVE.has(words[at] ?? '') && (at === words.length - 1 || AFTER_IT.has(words[at + 1] ?? ''));
