import { type DirectoryIndex, indexDirectory } from './directory-index.ts';
import { findPeople } from './find-person.ts';
import { intentOf } from './intents.ts';
import { EMPTY } from './lexicon/lexicon.ts';
import type { Intent, Query, UnderstandContext } from './query.ts';
import { splitReason } from './reason.ts';
import { withoutRuleNumber } from './rule-number.ts';
import { type ReadWord, readWords } from './sentence.ts';
import { findSku } from './skus.ts';
import { bestReadings, readings, type Span } from './spans.ts';
import { unknownNames } from './unknown-names.ts';

/** Intents that are about nothing in particular: whatever else the words look like is not part of the query. */
const BARE: ReadonlySet<Intent> = new Set([
  'small-talk',
  'unknown',
  'help',
  'scan',
  'set-channel',
  'status',
  'coverage',
  'rules',
  'watched',
]);

/** Intents about people. In any other a word that nobody knows is not taken for a person. */
const ABOUT_PEOPLE: ReadonlySet<Intent> = new Set([
  'who-changed',
  'history',
  'user-licenses',
  'audit-by',
  'audit-on',
  'reassign',
  'assign',
  'remove',
  'snooze',
  'export',
  'wake',
  'watch',
  'unwatch',
  'decisions',
]);

/**
 * Reads a chat sentence, whatever is in it, as a query. Pure: the same text, directory and clock give the same
 * query. Pass `index` (from `indexDirectory`) when the directory is used more than once.
 */
export function understand(
  text: string,
  context: UnderstandContext,
  index: DirectoryIndex = indexDirectory(context.directory),
): Query {
  const sentence = withoutRuleNumber(text);
  const { said, reason } = splitReason(sentence);
  if (reason !== null) {
    // Why somebody snoozes is in their own words, which name nobody and nothing.
    const asked = read(said, context, index);
    if (asked.intent === 'snooze') return asked;
  }
  return read(sentence, context, index);
}

function read(text: string, context: UnderstandContext, index: DirectoryIndex): Query {
  const words = readWords(text, index);
  const spans = bestReadings(readings(words, index, context), words.length);
  const unknown = unknownNames(words, spans);
  const all = [...spans, ...unknown].sort((a, b) => a.from - b.from);
  const own = ownWords(words, all);
  const sentence = inBaseWords(words, all, own);
  const intent = words.length === 0 ? 'unknown' : intentOf(sentence);
  if (BARE.has(intent)) return { ...EMPTY_QUERY, intent };

  const query: Query = { ...EMPTY_QUERY, intent, people: [], skus: [], groups: [], unresolved: [] };
  const written = (from: number, to: number): string =>
    text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? text.length);
  for (const span of splitCourtesy(intent, spans, words, index)) addMeaning(query, span, written);
  if (ABOUT_PEOPLE.has(intent)) {
    for (const { from, to } of unknown) query.unresolved.push(written(from, to));
    if (own.size > 0 && context.asker !== null) query.people.push(context.asker);
  }
  query.people = [...new Set(query.people)];
  query.skus = [...new Set(query.skus)];
  query.groups = [...new Set(query.groups)];
  query.unresolved = [...new Set(query.unresolved)];
  return query;
}

const EMPTY_QUERY: Query = {
  intent: 'unknown',
  people: [],
  skus: [],
  groups: [],
  range: null,
  days: null,
  unresolved: [],
};

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

/** The sentence as the rules of intent see it: one letter for a name, base words, nothing for words like "the". */
function inBaseWords(words: readonly ReadWord[], spans: readonly Span[], own: ReadonlySet<number>): string {
  const said: string[] = [];
  for (let position = 0; position < words.length; ) {
    const span = spans.find(({ from }) => from === position);
    if (span) {
      said.push(letterOf(span));
      position = span.to;
      continue;
    }
    const word = words[position];
    if (own.has(position)) said.push('P');
    else if (word && word.base !== EMPTY && word.text !== 'my')
      said.push(word.base ?? (/^\d+$/.test(word.text) ? word.text : '?'));
    position++;
  }
  return said
    .join(' ')
    .replace(/\b(P|S|G)(?: (?:and |or )?\1\b)+/g, '$1')
    .replace(/\bgive me\b/g, 'show')
    .replace(/\bme\b ?/g, '')
    .trim();
}

const letterOf = ({ meaning }: Span): string => {
  switch (meaning.kind) {
    case 'person':
      return 'P';
    case 'sku':
      return 'S';
    case 'group':
      return 'G';
    case 'time':
      return 'range' in meaning.meaning ? 'T' : 'D';
  }
};

/** "my" in the languages of the lexicon; the other words for "me" own nothing. */
const MY = new Set(['my', 'mine', 'mein', 'meine', 'meinen', 'mijn', 'mon', 'ma', 'mes', 'mi', 'mis']);

/** "me", which nobody does anything as. */
const OBJECT = new Set(['me', 'mich', 'mir', 'mij', 'moi']);

/** Positions of "me", "my" and "I" that mean the asker as somebody with licenses, not as who is asking. */
function ownWords(words: readonly ReadWord[], spans: readonly Span[]): Set<number> {
  const own = new Set<number>();
  const taken = (position: number): boolean =>
    spans.some(({ from, to }) => position >= from && position < to);
  for (const [position, word] of words.entries()) {
    if (word.base !== 'me' || taken(position)) continue;
    const before = words[position - 1]?.base ?? '';
    const after = words[position + 1]?.base ?? '';
    const product = spans.some(({ from, meaning }) => from === position + 1 && meaning.kind === 'sku');
    const owned =
      MY.has(word.text) &&
      (product ||
        ['license', 'history', 'change', 'user', 'audit', 'event', 'log', 'assignment'].includes(after));
    const subject =
      !OBJECT.has(word.text) &&
      (['do', 'be', 'have'].includes(before) || ['have', 'lose', 'be'].includes(after));
    const object = ['of', 'for', 'to', 'from', 'about', 'on', 'by'].includes(before);
    if (owned || subject || object) own.add(position);
  }
  return own;
}

/** "give Mark Copilot": with nothing else to give, the end of a name that is also a product is the product. */
function splitCourtesy(
  intent: Intent,
  spans: readonly Span[],
  words: readonly ReadWord[],
  index: DirectoryIndex,
): readonly Span[] {
  if (intent !== 'assign' || spans.some(({ meaning }) => meaning.kind === 'sku')) return spans;
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
