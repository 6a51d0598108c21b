import type { Marked } from '../details/details.ts';
import { isIn } from '../details/said.ts';
import { EMPTY } from '../lexicon/lexicon.ts';
import type { ReadWord } from '../sentence/sentence.ts';
import type { Span } from '../sentence/spans.ts';

/** A sentence as its words and names were found, before its intent is known. */
export type SentenceWords = {
  words: readonly ReadWord[];
  /** Names and times that do not overlap, in order; a person without ids is a name that nobody bears. */
  spans: readonly Span[];
  /** Positions of "me" and "my" that mean the asker as somebody with licenses. */
  own: ReadonlySet<number>;
  /** Service plans and places in it, and what is left out. */
  marked: Marked;
  /** ms UTC. */
  now: number;
};

/** Says where a pronoun stands for somebody or for a product. */
export type LetterAt = (position: number) => 'P' | 'S' | 'G' | null;

/** A word as the model of intent sees it: itself and its base word, which is empty for words like "the". */
export type Token = { word: string; base: string };

/** A stretch of time that lies ahead, which no past change is in. */
const AHEAD = 'F';

const NO_LETTERS: LetterAt = () => null;

/**
 * The sentence with one letter for each name and time: P (people), U (a name that nobody bears), S (products),
 * G (groups), A (service plans and apps), L (departments and countries), T (a stretch of time, as a word F where it
 * lies ahead), D (a length in days). Names of one kind beside each other are one letter; what is left out ("but not Lee") is not there.
 */
export function tokensOf(sentence: SentenceWords, letterAt = NO_LETTERS): Token[] {
  const { words, own, marked } = sentence;
  const tokens: Token[] = [];
  const add = (letter: string): void => {
    const base = letter === AHEAD ? 'T' : letter;
    if (tokens.at(-1)?.base !== base) tokens.push({ word: letter, base });
  };
  for (let position = 0; position < words.length; ) {
    const run = letterRun(position, sentence);
    const letter = run?.letter ?? (own.has(position) ? 'P' : letterAt(position));
    const word = words[position];
    if (isIn(marked.excluded, position)) position++;
    else {
      if (letter !== null) add(letter);
      else if (word) tokens.push(tokenOf(word));
      position = run?.to ?? position + 1;
    }
  }
  return tokens;
}

/** What begins at a position and has a letter. A service plan is one also where a product has its name. */
function letterRun(
  position: number,
  { spans, marked, now }: SentenceWords,
): { letter: string; to: number } | null {
  const plan = marked.plans.find(({ from }) => from === position);
  if (plan) return { letter: 'A', to: plan.to };
  const span = spans.find(({ from }) => from === position);
  if (span) return { letter: letterOf(span, now), to: span.to };
  const place = marked.places.find(({ from }) => from === position);
  return place ? { letter: 'L', to: place.to } : null;
}

const tokenOf = ({ text, base }: ReadWord): Token => {
  const word = /^\d+$/.test(text) ? '#' : text;
  return { word, base: base === EMPTY ? '' : (base ?? word) };
};

function letterOf({ meaning }: Span, now: number): string {
  switch (meaning.kind) {
    case 'person':
      return meaning.ids.length === 0 ? 'U' : 'P';
    case 'sku':
      return 'S';
    case 'group':
      return 'G';
    case 'time':
      if (!('range' in meaning.meaning)) return 'D';
      return meaning.meaning.range.from > now ? AHEAD : 'T';
  }
}
