import { isKnownWord } from '../intent/read-intent.ts';
import type { DirectoryIndex } from '../names/directory-index.ts';
import { findWords } from '../sentence/find-words.ts';
import type { Span } from '../sentence/spans.ts';

/**
 * A sentence in lower case with `_` for each name of a person, product or group, for each word of an address, and for
 * each other word that is not among those that the model of intents was trained on, numbers among them. Pure.
 * @param clock what "yesterday" is relative to, ms UTC, and where
 */
export function masked(
  text: string,
  clock: { now: number; timeZone: string },
  index: DirectoryIndex,
): string {
  const { words, spans, marked } = findWords(text, clock, index);
  const isNamed = (position: number): boolean =>
    [...spans.filter(isName), ...marked.places].some(({ from, to }) => from <= position && position < to);
  return words
    .map((word, position) => {
      const isOpen = isKnownWord(word.text) && !word.inAddress && word.names.every(({ edits }) => edits > 0);
      return isOpen && !isNamed(position) ? word.text : '_';
    })
    .join(' ');
}

const isName = ({ meaning }: Span): boolean => meaning.kind !== 'time';
