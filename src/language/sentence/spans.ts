import { EMPTY } from '../lexicon/lexicon.ts';
import { isDepartmentName } from '../names/department-words.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import { findPeople, type PersonHit } from '../names/find-person.ts';
import { findSku } from '../names/skus.ts';
import { type PlacedToken, timeTokens } from '../time/said-times.ts';
import { timePhrases } from '../time/time-phrases.ts';
import { MONTHS, WEEKDAYS } from '../time/time-units.ts';
import { groupSpans } from './group-spans.ts';
import type { ReadWord } from './sentence.ts';
import type { Span } from './span.ts';

export type { Meaning, Span } from './span.ts';

/** What a word is worth to a reading: names of groups hold product names, and those hold common words. */
const WEIGHT = { sku: 10.5, word: 10, part: 9, weak: 9 };
/** A possessive, a whole name, or a place where a name is expected. */
const EVIDENCE = 2;
/** What a typing error takes away. */
const TYPING_ERROR = 3;
/** A product that the tenant lacks is less likely meant than two that it has: "Business Standard for Business Premium". */
const UNKNOWN_PRODUCT = 0.5;
/** Words that make one name together are hardly two names. */
const TOGETHER = 3;

/** Who may do something: "you may alert me". */
const MAY: ReadonlySet<string> = new Set('i you he she it we they who that people users'.split(' '));

/** Verb forms before which a word at the beginning can only be somebody: "May needs", "will has", "mark lost". */
const DONE_BY: ReadonlySet<string> = new Set(
  'needs has wants lost loses is was got gets doesnt misses lacks heeft hat'.split(' '),
);

/** Every reading of every run of words, which may overlap. */
export function readings(
  words: readonly ReadWord[],
  index: DirectoryIndex,
  clock: { now: number; timeZone: string },
): Span[] {
  return [
    ...people(words, index),
    ...products(words, index),
    ...groupSpans(words, index),
    ...times(words, clock),
  ];
}

/** The readings that do not overlap and together account for most of the sentence. */
export function bestReadings(spans: readonly Span[], length: number): Span[] {
  const starting = Map.groupBy(spans, (span) => span.from);
  const best: { weight: number; take: Span | null }[] = [];
  best[length] = { weight: 0, take: null };
  for (let position = length - 1; position >= 0; position--) {
    let choice: { weight: number; take: Span | null } = {
      weight: best[position + 1]?.weight ?? 0,
      take: null,
    };
    for (const span of starting.get(position) ?? []) {
      const weight = span.weight + (best[span.to]?.weight ?? 0);
      if (weight > choice.weight) choice = { weight, take: span };
    }
    best[position] = choice;
  }
  const chosen: Span[] = [];
  for (let position = 0; position < length; ) {
    const take = best[position]?.take;
    if (take) chosen.push(take);
    position = take?.to ?? position + 1;
  }
  return chosen;
}

function people(words: readonly ReadWord[], index: DirectoryIndex): Span[] {
  const products = words.map((word) => (word.inAddress ? '' : word.product));
  const texts = words.map((word) => word.names[0]?.word ?? word.text);
  const names = words.map((word) => word.names);
  const spans: Span[] = [];
  for (let start = 0; start < words.length; start++) {
    if (words[start]?.inAddress && words[start - 1]?.inAddress && words[start]?.glue !== '') continue;
    for (const hit of findPeople(index.people, texts, names, start, words.length)) {
      const span = words.slice(start, start + hit.length);
      if (!mayBePerson(span, hit, words, start)) continue;
      // "who has Visio" is about the product, even beside somebody called Visio.
      if (
        hit.length === 1 &&
        hit.fit !== 'whole' &&
        !span[0]?.possessive &&
        findSku(index.skus, products, start)
      )
        continue;
      const each = hit.fit === 'part' || hit.fit === 'spelling' ? WEIGHT.part : WEIGHT.word;
      const sum = hit.length * each - hit.edits * TYPING_ERROR;
      const evident =
        span.at(-1)?.possessive || hit.fit === 'whole' || (span[0]?.slot && hit.fit === 'given');
      spans.push({
        from: start,
        to: start + hit.length,
        weight: sum + (evident ? EVIDENCE : 0) + TOGETHER * (hit.length - 1),
        meaning: { kind: 'person', ids: hit.ids, fit: hit.fit },
      });
    }
  }
  return spans;
}

/** Whether words that are somebody's name are meant as a name here: Will, May and Tenant Admin are also words. */
function mayBePerson(
  span: readonly ReadWord[],
  hit: PersonHit,
  words: readonly ReadWord[],
  start: number,
): boolean {
  const [first] = span;
  if (!first || isMixed(span)) return false;
  const wholeAddress = !words[start + hit.length]?.inAddress || words[start + hit.length]?.glue === '';
  if (first.inAddress && !wholeAddress) return false;
  if (span.slice(0, -1).some((word) => word.possessive)) return false;
  if (hit.fit !== 'whole' && span.slice(1).some((word) => word.afterBreak)) return false;
  // "geen licentie langer" is not about Isaiah Langer: a word that is only a part of a name needs a sign that it is one.
  const isPart = hit.length === 1 && (hit.fit === 'part' || hit.fit === 'spelling');
  // "In Sales" is the department, also where somebody is called Zoe Sales.
  if (isPart && words[start - 1]?.base === 'in' && !first.possessive && isDepartmentName(first.text))
    return false;
  if (span.some((word) => word.base === null && !(isPart && word.ordinary && !word.capital))) return true;
  if (
    span.at(-1)?.possessive ||
    (start === 0 && !isQuestion(first) && DONE_BY.has(words[hit.length]?.text ?? ''))
  )
    return true;
  const before = words[start - 1]?.text ?? '';
  const determined = [
    'the',
    'a',
    'an',
    'which',
    'any',
    'our',
    'der',
    'die',
    'de',
    'welcher',
    'welke',
  ].includes(before);
  const calendarWord = [...MONTHS, ...WEEKDAYS].includes(first.base ?? '');
  const capitalised = span.every((word) => word.capital) && start > 0 && !calendarWord && !isTitle(words);
  if (capitalised) return true;
  if (determined || before === 'and') return false;
  return first.slot && (hit.fit === 'whole' || hit.fit === 'given');
}

/** "export Art's": one word with a capital and a word of the lexicon without are hardly one name. */
const isMixed = ([first, ...rest]: readonly ReadWord[]): boolean =>
  first !== undefined &&
  !first.capital &&
  first.base !== null &&
  first.base !== EMPTY &&
  !PARTICLES.has(first.text) &&
  rest.some(({ capital }) => capital);

/** What a family name may begin with in lower case, and what is a word of some language, too. */
const PARTICLES: ReadonlySet<string> = new Set(
  'van von de der den del della di da do dos du la le el al ten ter'.split(' '),
);

const isQuestion = ({ base }: ReadWord): boolean =>
  ['who', 'what', 'why', 'when', 'how'].includes(base ?? '');

/** Every word has a capital letter, so that capitals tell nothing. */
const isTitle = (words: readonly ReadWord[]): boolean =>
  words.length > 2 && words.every((word) => word.capital || !/^\p{L}/u.test(word.text));

function products(words: readonly ReadWord[], index: DirectoryIndex): Span[] {
  const texts = words.map((word) => (word.inAddress ? '' : word.product));
  const spans: Span[] = [];
  for (let start = 0; start < words.length; start++) {
    const comma = words.findIndex((word, at) => at > start && word.afterComma);
    const hit = findSku(index.skus, comma === -1 ? texts : texts.slice(0, comma), start);
    if (!hit) continue;
    spans.push({
      from: start,
      to: start + hit.length,
      weight: hit.length * WEIGHT.sku - (hit.skuIds.length === 0 ? UNKNOWN_PRODUCT : 0),
      meaning: { kind: 'sku', skuIds: hit.skuIds },
    });
  }
  return spans;
}

/** The words as the time grammar reads them. */
export const timeTokensOf = (words: readonly ReadWord[]): PlacedToken[] =>
  timeTokens(words.map(({ text, base, glue }) => ({ text, base: base ?? text, glue })));

function times(words: readonly ReadWord[], { now, timeZone }: { now: number; timeZone: string }): Span[] {
  const tokens = timeTokensOf(words);
  return timePhrases(tokens, now, timeZone).flatMap(({ from: begin, to: end, meaning }) => {
    const said = tokens.slice(begin, end);
    const from = Math.min(...said.map((token) => token.from));
    const to = Math.max(...said.map((token) => token.to));
    // "of May" may be about a person; "in May" is not.
    const bases = said.map(({ base }) => base);
    const [last = ''] = bases.slice(-1);
    const weak =
      MONTHS.includes(last) && bases.slice(0, -1).every((base) => ['of', 'for', 'on', '-'].includes(base));
    // "May I", "may have" and "you may" are no month, and "these days" are no days.
    const month = words[to - 1];
    const preposition = bases.slice(0, -1).some((base) => base !== '-');
    const isVerb = to === 1 || !month?.capital || MAY.has(words[to - 2]?.text ?? '');
    if (weak && !preposition && month?.text === 'may' && isVerb) return [];
    if (words[to - 1]?.text === 'days' && words[to - 2]?.text === 'these' && to - from <= 2) return [];
    return {
      from,
      to,
      // One long phrase says more than two short ones of the same words.
      weight: weak ? WEIGHT.weak : (to - from) * WEIGHT.word + 0.01 * (to - from - 1),
      meaning: { kind: 'time', meaning },
    };
  });
}
