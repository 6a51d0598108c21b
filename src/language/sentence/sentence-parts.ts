import { detailsIn, markedIn } from '../details/details.ts';
import { writtenIn } from '../details/said.ts';
import { factsOf } from '../facts.ts';
import { type DirectoryIndex, withinReason } from '../names/directory-index.ts';
import { fold } from '../names/fold.ts';
import type { Details, Intent, Query, TimeRange, UnderstandContext } from '../query.ts';
import { addDays, type CalendarDay, instant, isRealDay } from '../time/calendar.ts';
import { readWords } from './sentence.ts';
import { bestReadings, type Meaning, readings } from './spans.ts';
import { wordsIn } from './words.ts';

/**
 * What somebody else read in a sentence: its intent, and its own words for people, products and groups. `range`
 * is two calendar days (`to` is the last one that counts), for a time that our own rules do not find.
 */
export type SentenceParts = {
  intent: Intent;
  people: readonly string[];
  skus: readonly string[];
  groups: readonly string[];
  range: { from: CalendarDay; to: CalendarDay } | null;
  days: number | null;
} & SaidBesides;

/**
 * What they may say besides. `departments` and `reason` are the sentence's own words; `list` is the question whose
 * answer is wanted as a file.
 */
type SaidBesides = Partial<Pick<Details, 'by' | 'list' | 'format' | 'rule' | 'departments' | 'reason'>>;

/**
 * The query of a sentence that was read by somebody else. Whatever they say, the query is about nothing that the
 * sentence does not name: a text that is not in it, word for word, is dropped, and the rest are names as in any
 * other sentence. A time is read by our own rules where they find one. Pure.
 * @returns null for a request to act of which a part is not in the sentence
 */
export function resolveParts(
  parts: SentenceParts,
  sentence: string,
  context: UnderstandContext,
  directory: DirectoryIndex,
): Query | null {
  const index = withinReason(directory);
  const named = (texts: readonly string[]) => texts.filter((text) => occursIn(sentence, text));
  const [people, skus, groups] = [named(parts.people), named(parts.skus), named(parts.groups)];
  const dropped = people.length + skus.length + groups.length < nameCount(parts);
  // About fewer than were named, a request could be about everything.
  if (dropped && factsOf(parts.intent).writes) return null;

  const query: Query = {
    intent: parts.intent,
    people: [],
    skus: [],
    groups: [],
    ...timeOf(parts, sentence, context, index),
    unresolved: [],
  };
  for (const text of people) addPerson(query, text, context, index);
  for (const text of skus) {
    const found = meaningsIn(text, 'sku', context, index).flatMap(({ skuIds }) => skuIds);
    add(query.skus, found, query.unresolved, text);
  }
  for (const text of groups) {
    const [found] = meaningsIn(text, 'group', context, index);
    add(query.groups, found?.groupIds.length === 1 ? found.groupIds : [], query.unresolved, text);
  }
  return besides(query, parts, sentence, context, index);
}

/** Adds what else the sentence says: by our own rules, and by those who read it where ours find nothing. */
function besides(
  query: Query,
  { by, list, format, rule, departments = [], reason }: SentenceParts,
  sentence: string,
  context: UnderstandContext,
  index: DirectoryIndex,
): Query {
  const words = readWords(sentence, index);
  const said = { text: sentence, words, spans: bestReadings(readings(words, index, context), words.length) };
  const marked = markedIn(said, index.departments);
  const read = detailsIn(query.intent, said, marked, sentence);
  const plans = new Set(marked.plans.map((run) => fold(writtenIn(said, run))));
  const places = departments.filter((text) => occursIn(sentence, text));
  const kept = (ids: string[], left: readonly string[] = []) => ids.filter((id) => !left.includes(id));
  return {
    ...query,
    ...(by ? { by } : {}),
    ...(list ? { list } : {}),
    ...(format ? { format } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(reason && occursIn(sentence, reason) ? { reason } : {}),
    ...(places.length > 0 ? { departments: places } : {}),
    ...read,
    people: kept(query.people, read.except?.people),
    skus: kept(query.skus, read.except?.skus),
    groups: kept(query.groups, read.except?.groups),
    // A service plan is no product that is missing.
    unresolved: query.unresolved.filter((text) => !plans.has(fold(text))),
  };
}

const nameCount = ({ people, skus, groups }: SentenceParts): number =>
  people.length + skus.length + groups.length;

/** Whether the words of a text stand in the sentence as they are, one after the other. */
function occursIn(sentence: string, text: string): boolean {
  const words = wordsIn(text).map((word) => word.text);
  const said = wordsIn(sentence).map((word) => word.text);
  return (
    words.length > 0 &&
    said.some((_, start) => words.every((word, position) => said[start + position] === word))
  );
}

/** Adds what was found, each id once; when nothing was, the text is to be asked about. */
function add(ids: string[], found: readonly string[], unresolved: string[], text: string): void {
  if (found.length === 0 && !unresolved.includes(text)) unresolved.push(text);
  for (const id of found) if (!ids.includes(id)) ids.push(id);
}

/** Only a name that is all of the text is a person: of "Rick Smith" the "Rick" may be somebody else. */
function addPerson(query: Query, text: string, context: UnderstandContext, index: DirectoryIndex): void {
  if (readWords(text, index).every(({ base }) => base === 'me')) {
    if (context.asker !== null) add(query.people, [context.asker], query.unresolved, text);
    return;
  }
  const [person, ...others] = meaningsIn(text, 'person', context, index);
  const one = person?.ids.length === 1 && person.whole && others.length === 0;
  add(query.people, one ? person.ids : [], query.unresolved, text);
}

type OfKind<Kind extends Meaning['kind']> = Extract<Meaning, { kind: Kind }> & { whole: boolean };

/** What a text means when it is read as nothing but names of one kind. */
function meaningsIn<Kind extends Meaning['kind']>(
  text: string,
  kind: Kind,
  context: UnderstandContext,
  index: DirectoryIndex,
): OfKind<Kind>[] {
  const words = readWords(text, index);
  const isOfKind = (meaning: Meaning): meaning is Extract<Meaning, { kind: Kind }> => meaning.kind === kind;
  const possible = readings(words, index, context).filter(({ meaning }) => isOfKind(meaning));
  return bestReadings(possible, words.length).flatMap(({ from, to, meaning }) =>
    isOfKind(meaning) ? [{ ...meaning, whole: to - from === words.length }] : [],
  );
}

function timeOf(
  parts: SentenceParts,
  sentence: string,
  context: UnderstandContext,
  index: DirectoryIndex,
): Pick<Query, 'range' | 'days'> {
  const times = meaningsIn(sentence, 'time', context, index).map(({ meaning }) => meaning);
  const range = times.find((time) => 'range' in time)?.range ?? null;
  const days = times.find((time) => 'days' in time)?.days ?? null;
  if (range !== null || days !== null) return { range, days };
  return { range: rangeOf(parts.range, context.timeZone), days: parts.days };
}

function rangeOf(range: SentenceParts['range'], timeZone: string): TimeRange | null {
  if (range === null || !isRealDay(range.from) || !isRealDay(range.to)) return null;
  const from = instant(range.from, timeZone);
  const to = instant(addDays(range.to, 1), timeZone);
  return from < to ? { from, to } : null;
}
