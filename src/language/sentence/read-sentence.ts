import { detailsIn, spansAskedAbout } from '../details/details.ts';
import { isIn } from '../details/said.ts';
import { factsOf, isAbout, isBare } from '../facts.ts';
import { readIntent } from '../intent/read-intent.ts';
import type { LetterAt } from '../intent/tokens.ts';
import { type DirectoryIndex, withinReason } from '../names/directory-index.ts';
import { findPeople } from '../names/find-person.ts';
import { findSku } from '../names/skus.ts';
import type { Intent, Query, RecordsAsked, TimeRange, UnderstandContext } from '../query.ts';
import { recordsAsked } from '../records/records-asked.ts';
import { daysOfOneUnit, lengthAhead } from '../time/time-phrases.ts';
import { inBaseWords } from './base-words.ts';
import { findWords, hasQuestionMark } from './find-words.ts';
import type { ReadWord } from './sentence.ts';
import { type Span, timeTokensOf } from './spans.ts';

/** A sentence as it was read by itself. */
export type Reading = {
  query: Query;
  /** Everything the sentence names, also where its intent has no use for it. */
  parts: Query;
  /** The sentence in base words, with a letter for each name, also where `letterAt` says that another one stands. */
  said(letterAt?: LetterAt): string;
  /** Whether a department or country stands there. */
  isPlace(position: number): boolean;
  /** Its intent with a letter for a name where a pronoun stands. */
  intentWith(letterAt: LetterAt): Intent;
  /** Its words, folded. */
  words: readonly string[];
};

/**
 * Reads a sentence by itself, whatever was said before. @param typed the sentence with what was cut out of it, such
 * as a rule's number
 */
export function readSentence(
  text: string,
  context: UnderstandContext,
  directory: DirectoryIndex,
  typed = text,
): Reading {
  const index = withinReason(directory);
  const found = findWords(text, context, index);
  const { words, named: spans, unknown, spans: all, own, marked } = found;
  const asks = hasQuestionMark(text);
  const read = context.intent === undefined ? readIntent(found, asks) : { intent: context.intent, ask: [] };
  const { intent } = read;

  const parts: Query = { ...EMPTY_QUERY, intent, people: [], skus: [], groups: [], unresolved: [] };
  const written = (from: number, to: number): string =>
    text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? text.length);
  const named = splitCourtesy(intent, spansAskedAbout(spans, marked), words, index);
  for (const span of named) addMeaning(parts, span, written);
  const unresolved = [...parts.unresolved];
  for (const { from, to } of unknown) parts.unresolved.push(written(from, to));
  if (own.size > 0 && context.asker !== null) parts.people.push(context.asker);
  // Records tell of the past, whatever the rest may mean.
  const asSaid = { range: parts.range, days: parts.days };
  if (factsOf(intent).time === 'ahead' && parts.range) parts.range = ahead(parts.range, spans, context.now);
  if (factsOf(intent).time === 'past' && parts.range === null) turnBack(parts, named);
  if (intent === 'extend-rule' && parts.range === null) parts.days ??= daysOfOneUnit(timeTokensOf(words));
  for (const list of [parts.people, parts.skus, parts.groups, parts.unresolved]) keepFirsts(list);

  // A word that nobody knows is not taken for a person where the question is not about people.
  const others = isAbout(intent, 'people') ? {} : { unresolved, people: peopleOf(named) };
  const details = detailsIn(intent, { text, words, spans }, { ...marked, unknown }, typed);
  const records = recordsIn(intent, typed, { ...parts, ...details, ...asSaid }, named);
  if (records) Object.assign(details, { records });
  Object.assign(parts, details);
  const holds =
    isForATime(intent) && parts.range === null ? turnedAhead(intent, named, words, context) : null;
  const query = {
    ...(isBare(intent) ? bareQuery(intent, parts) : { ...parts, ...others }),
    ...(holds ? { range: holds, days: null } : {}),
    ...details,
  };
  return {
    query: read.ask.length > 0 ? { ...query, ask: read.ask } : query,
    parts,
    said: (letterAt) => inBaseWords(words, all, own, letterAt, marked.excluded),
    isPlace: (position) => isIn(marked.places, position),
    intentWith: (letterAt) => context.intent ?? readIntent(found, asks, letterAt).intent,
    words: words.map((word) => word.text),
  };
}

/** What is asked of audit records: what happened, so that a length of time goes back from now. */
function recordsIn(intent: Intent, text: string, parts: Query, named: readonly Span[]): RecordsAsked | null {
  const past = { ...parts };
  if (past.range === null) turnBack(past, named);
  return recordsAsked(intent, text, past);
}

/** A query about nothing in particular, with its time where it is about one. */
const bareQuery = (intent: Intent, { range, days }: Query): Query =>
  factsOf(intent).keepsTime ? { ...EMPTY_QUERY, intent, range, days } : { ...EMPTY_QUERY, intent };

const peopleOf = (spans: readonly Span[]): string[] => [
  ...new Set(
    spans.flatMap(({ meaning }) =>
      meaning.kind === 'person' && meaning.ids.length === 1 ? meaning.ids : [],
    ),
  ),
];

function turnBack(parts: Query, spans: readonly Span[]): void {
  for (const { meaning } of spans) {
    if (meaning.kind !== 'time' || 'range' in meaning.meaning || !meaning.meaning.back) continue;
    parts.range = meaning.meaning.back;
    parts.days = null;
  }
}

/** Whether a length that a request names is how long it holds from now on. A rule is extended by one, from its end. */
const isForATime = (intent: Intent): boolean => factsOf(intent).writes && intent !== 'extend-rule';

/** "snooze Rick for 3 days", "give Lee Visio for a week": from now on. */
function turnedAhead(
  intent: Intent,
  spans: readonly Span[],
  words: readonly ReadWord[],
  { now, timeZone }: UnderstandContext,
): TimeRange | null {
  const said = spans.flatMap(({ meaning }) =>
    meaning.kind === 'time' && 'days' in meaning.meaning ? [meaning.meaning.ahead] : [],
  )[0];
  return said ?? (intent === 'snooze' ? lengthAhead(timeTokensOf(words), now, timeZone) : null);
}

/** Leaves each text in the list once, where it came first. */
function keepFirsts(list: string[]): void {
  list.splice(0, list.length, ...new Set(list));
}

export const EMPTY_QUERY: Query = {
  intent: 'unknown',
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
};

/**
 * What is to come begins now: "mute Rick this week" ends when the week does, and so does "what expires this week".
 * What expires "in December" or "on Friday" does so in the next one.
 */
function ahead(range: TimeRange, spans: readonly Span[], now: number): TimeRange {
  for (const { meaning } of spans) {
    if (meaning.kind !== 'time' || !('range' in meaning.meaning) || meaning.meaning.range !== range) continue;
    const { end, next } = meaning.meaning;
    if (end !== undefined) return { from: now, to: end };
    if (next && range.to <= now) return next;
  }
  return range;
}

function addMeaning(
  query: Query,
  { from, to, meaning }: Span,
  written: (from: number, to: number) => string,
): void {
  switch (meaning.kind) {
    case 'person':
      if (meaning.ids.length === 1) query.people.push(...meaning.ids);
      else query.unresolved.push(written(from, to));
      break;
    case 'sku':
      if (meaning.skuIds.length > 0) query.skus.push(...meaning.skuIds);
      else query.unresolved.push(written(from, to));
      break;
    case 'group':
      if (meaning.groupIds.length === 1) query.groups.push(...meaning.groupIds);
      else query.unresolved.push(written(from, to));
      break;
    case 'time':
      if ('range' in meaning.meaning) query.range ??= meaning.meaning.range;
      else query.days ??= meaning.meaning.days;
  }
}

/** "give Mark Copilot": with nothing else to give, the end of a name that is also a product is the product. */
function splitCourtesy(
  intent: Intent,
  spans: readonly Span[],
  words: readonly ReadWord[],
  index: DirectoryIndex,
): readonly Span[] {
  // "heeft Mark Copilot" asks nothing when Mark Copilot is all of it.
  const isBareQuestion =
    intent === 'user-licenses' &&
    words[0]?.base === 'have' &&
    spans.length === 1 &&
    spans[0]?.from === 1 &&
    spans[0].to === words.length;
  if (intent !== 'assign' && !isBareQuestion) return spans;
  if (spans.some(({ meaning }) => meaning.kind === 'sku')) return spans;
  const texts = words.map((word) => word.product);
  return spans.flatMap((span) => {
    if (span.meaning.kind !== 'person') return [span];
    for (let from = span.from + 1; from < span.to; from++) {
      const sku = findSku(index.skus, texts.slice(0, span.to), from);
      const named = words.slice(span.from, from).map((word) => word.names);
      const person = findPeople(index.people, texts.slice(span.from, from), named, 0, from - span.from).at(
        -1,
      );
      if (!sku || sku.length !== span.to - from || person?.length !== from - span.from) continue;
      return [
        { ...span, to: from, meaning: { kind: 'person' as const, ids: person.ids, fit: person.fit } },
        { ...span, from, meaning: { kind: 'sku' as const, skuIds: sku.skuIds } },
      ];
    }
    return [span];
  });
}
