import { type Marked, markedIn } from '../details/details.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import { ownWords } from './base-words.ts';
import { type ReadWord, readWords } from './sentence.ts';
import { bestReadings, readings, type Span } from './spans.ts';
import { unknownNames } from './unknown-names.ts';

/** The words of a sentence and what they name, before anything is known of its intent. */
export type FoundWords = {
  words: ReadWord[];
  /** Names and times, in order, none over another. */
  named: Span[];
  /** Names that nobody bears. */
  unknown: Span[];
  /** Both of them, in order. */
  spans: Span[];
  /** Positions of "me" and "my" that mean the asker as somebody with licenses. */
  own: Set<number>;
  /** Service plans, departments and countries, and what is left out. */
  marked: Marked;
  /** ms UTC. */
  now: number;
};

/** Finds the words of a sentence and the names and times in them. Pure; `clock` says what "yesterday" is. */
export function findWords(
  text: string,
  clock: { now: number; timeZone: string },
  index: DirectoryIndex,
): FoundWords {
  const words = readWords(text, index);
  const named = bestReadings(readings(words, index, clock), words.length);
  const marked = markedIn({ text, words, spans: named }, index.departments);
  const unknown = unknownNames(words, named, [...marked.plans, ...marked.places]);
  const spans = [...named, ...unknown].sort((a, b) => a.from - b.from);
  return { words, named, unknown, spans, own: ownWords(words, spans), marked, now: clock.now };
}

/** Whether a sentence says that it is a question. */
export const hasQuestionMark = (text: string): boolean => /[?¿]/.test(text);
