import { EMPTY } from '../lexicon/lexicon.ts';
import { isPlace } from '../lexicon/places.ts';
import { isDepartmentName } from '../names/department-words.ts';
import type { DepartmentIndex } from '../names/departments.ts';
import { countryCode, MAX_COUNTRY_WORDS } from './countries.ts';
import { isIn, type Run, type Said, setOf, writtenIn } from './said.ts';

/** A department, by the name it has in the directory or as it was written, or a country by its two-letter code. */
export type PlaceNamed = Run & ({ kind: 'department'; name: string } | { kind: 'country'; name: string });

/** Base words before a place. */
const BEFORE = setOf('in of from at for');
/** The same where the lexicon has another use for the word, folded. */
const BEFORE_TOO = setOf('en aus im em nel nella outside ausserhalb buiten');
/** Before what is left out: "except Sales". */
const LEAVES_OUT = setOf(
  'except excluding excl not besides ausser nicht behalve niet sauf pas excepte excepto salvo menos no for of from',
);

const isBefore = (word: Said['words'][number] | undefined): boolean =>
  word !== undefined && (BEFORE.has(word.base ?? '') || BEFORE_TOO.has(word.text));

/** What a place may be called besides "department", folded. */
const OFFICE = setOf(
  'office offices site branch unit buro niederlassung standort kantoor vestiging bureau agence oficina sede ' +
    'administrative administrativa amministrativa administratieve verwaltungseinheit beheereenheid einheit eenheid ' +
    'unite unidad unidade unita',
);
/** Articles, which are no part of a name, folded. */
const ARTICLES = setOf(
  'the our der die das den dem des de het la le les l el los las unsere unserer onze notre',
);
/** Words before "department" that name none: "the whole department". */
const NO_NAME = setOf(
  'whole entire same other another own which what each every any all this that my his her their new ganze gleiche ' +
    'andere jede hele zelfde elke toute chaque toda cada misma otra',
);

/**
 * The departments and countries that a sentence names: "in Finance", "of the Sales department", "aus Deutschland",
 * "Marketing users". A department that the directory knows is found by its name; another only where it stands as
 * one. @param taken what else was found there, such as service plans
 */
export function placesNamed(
  said: Said,
  departments: DepartmentIndex | undefined,
  taken: readonly Run[],
): PlaceNamed[] {
  const { words, spans } = said;
  const found: PlaceNamed[] = [];
  const isFree = (at: number): boolean =>
    at < words.length && !isIn(spans, at) && !isIn(taken, at) && words[at]?.inAddress === false;
  for (let at = 0; at < words.length; at++) {
    const hit =
      isFree(at) &&
      (knownDepartment(said, at, departments, isFree) ??
        country(said, at, isFree) ??
        unknownDepartment(said, at, isFree));
    if (!hit) continue;
    found.push(hit);
    at = hit.to - 1;
  }
  return found;
}

type IsFree = (at: number) => boolean;

const isDepartmentWord = (word: Said['words'][number] | undefined): boolean =>
  word !== undefined && (word.base === 'department' || OFFICE.has(word.text));

/** Whether what begins at `at` stands where a place would: after "in", "of the", "department". */
function standsAsPlace({ words }: Said, at: number): boolean {
  let before = at - 1;
  while (ARTICLES.has(words[before]?.text ?? '') || isDepartmentWord(words[before])) before--;
  return before >= 0 && isBefore(words[before]);
}

function knownDepartment(
  said: Said,
  at: number,
  departments: DepartmentIndex | undefined,
  isFree: IsFree,
): PlaceNamed | null {
  if (departments === undefined) return null;
  const { words } = said;
  for (let length = Math.min(departments.longest, words.length - at); length > 0; length--) {
    const run = words.slice(at, at + length);
    const name = departments.byName.get(run.map(({ text }) => text).join(' '));
    if (name === undefined || run.some((_, offset) => !isFree(at + offset))) continue;
    const place = { from: at, to: at + length, kind: 'department', name } as const;
    const next = words[at + length];
    const heads = next !== undefined && (next.base === 'user' || isDepartmentWord(next) || next.afterBreak);
    if (next?.base === 'group') continue;
    // "IT" is also a pronoun.
    const isOtherWord = isDepartmentName(run.map(({ text }) => text).join(' ')) && standsAsPlace(said, at);
    const isWord = length === 1 && run[0]?.base !== null && writtenIn(said, place) !== name && !isOtherWord;
    if (isWord) continue;
    const isLeftOut = LEAVES_OUT.has(words[at - 1]?.text ?? '');
    if (length > 1 || standsAsPlace(said, at) || heads || isLeftOut || words[at]?.possessive) return place;
  }
  return null;
}

function country(said: Said, at: number, isFree: IsFree): PlaceNamed | null {
  const { words } = said;
  if (!standsAsPlace(said, at)) return null;
  for (let length = Math.min(MAX_COUNTRY_WORDS, words.length - at); length > 0; length--) {
    const run = words.slice(at, at + length);
    if (run.some((_, offset) => !isFree(at + offset))) continue;
    const place = { from: at, to: at + length };
    const written = writtenIn(said, place);
    const code =
      written === 'UK' ? 'GB' : written === 'US' ? 'US' : countryCode(run.map(({ text }) => text).join(' '));
    if (code !== undefined) return { ...place, kind: 'country', name: code };
  }
  return null;
}

/** More words than a department's name has that nobody knows. */
const MAX_UNKNOWN = 3;

function unknownDepartment(said: Said, at: number, isFree: IsFree): PlaceNamed | null {
  const { words } = said;
  const isName = mayBeName(words[at]) || beginsTitle(words, at);
  if (!standsAsPlace(said, at) || !isName) return null;
  let to = at + 1;
  while (to < words.length && to - at < MAX_UNKNOWN && isFree(to) && continuesName(words[to])) to++;
  const run = words.slice(at, to);
  // "LIC-E9" and "the Berlin group" are groups, known or not.
  if (words[to]?.base === 'group' || words[at - 1]?.base === 'group') return null;
  if (run.some((word) => /[-_.@]/.test(word.glue) || /\d/.test(word.text))) return null;
  if (/^(?:channel|kanal|kanaal|canal|dashboard|chat|portal)s?$/.test(words[to]?.text ?? '')) return null;
  const isNamed = run.every((word) => word.capital || (word.base === null && !word.ordinary));
  const called =
    isNamed &&
    (isDepartmentWord(words[to]) ||
      (isDepartmentWord(words[at - 1]) && !/^teams?$/.test(words[at - 1]?.text ?? '')));
  return called || isBarePlace(said, at, to) || isDepartmentName(run.map(({ text }) => text).join(' '))
    ? { from: at, to, kind: 'department', name: writtenIn(said, { from: at, to }) }
    : null;
}

/** Words after "in" with a capital that are no place where people work, folded. */
const NO_PLACE = setOf(
  'microsoft entra azure portal graph powershell pim teams general standard premium sku latin english german french ' +
    'dutch spanish italian portuguese english outlook slack purview europe emea apac dach benelux excel csv',
);
/** Words that tell German, in which every noun has a capital, folded. */
const GERMAN = setOf(
  'ich der die das dem den und wer wie ist sind hat haben welche welcher nicht bitte im am zum zur gibt noch wir zu auf mit bei von gib seit bin hab ' +
    'wieviele wieso warum alle zeig zeige',
);

/** "in Logistics", "at Berlin": with a capital and without an article; in German only what is known as a place. */
function isBarePlace({ words }: Said, at: number, to: number): boolean {
  const run = words.slice(at, to);
  const isNoun =
    run.every(({ capital, text }) => capital && !NO_PLACE.has(text)) &&
    (run.length > 1 ? run.some(({ base }) => base === null) : run[0]?.base === null);
  if (!isNoun || !/^(?:in|at|en|aus|a|outside|ausserhalb|buiten)$/.test(words[at - 1]?.text ?? ''))
    return false;
  return !words.some(({ text }) => GERMAN.has(text)) || run.every(({ text }) => isPlace(text));
}

const mayBeName = (word: Said['words'][number] | undefined): boolean =>
  word !== undefined &&
  word.base !== EMPTY &&
  !isDepartmentWord(word) &&
  !NO_NAME.has(word.text) &&
  !['user', 'license', 'group', 'tenant', 'what', 'who', 'error', 'guest'].includes(word.base ?? '') &&
  /^\p{L}/u.test(word.text);

/** "All Sales", in the middle of a sentence: a small word with a capital before another word that has one. */
const beginsTitle = (words: Said['words'], at: number): boolean =>
  words[at]?.base === EMPTY &&
  words[at]?.capital === true &&
  !words[at]?.afterBreak &&
  (words[at]?.text.length ?? 0) > 2 &&
  continuesName(words[at + 1]);

const continuesName = (word: Said['words'][number] | undefined): boolean =>
  mayBeName(word) && word?.base === null && word.capital && !word.afterBreak;
