import type { ReadWord } from './sentence.ts';
import type { Span } from './spans.ts';

/**
 * Words that stand where a name would and that nobody and nothing bears: "Bob" in "who changed Bob's license".
 * They become `unresolved`, but for what is `otherwise` understood, such as a department. A known given name with a foreign surname ("Rick Smith") is unknown as a whole.
 */
export function unknownNames(
  words: readonly ReadWord[],
  spans: Span[],
  otherwise: readonly { from: number; to: number }[] = [],
): Span[] {
  const found: Span[] = [];
  const taken = (position: number): Span | undefined =>
    spans.find(({ from, to }) => position >= from && position < to);
  const isOther = (position: number): boolean =>
    otherwise.some(({ from, to }) => position >= from && position < to);
  for (let position = 0; position < words.length; position++) {
    const word = words[position];
    if (!word || taken(position) || isOther(position) || !isForeign(word)) continue;
    let from = position;
    const before = spans.find(({ to, meaning }) => to === position && meaning.kind === 'person');
    const surname = before && word.capital && !words[position - 1]?.possessive && !word.afterBreak;
    if (surname) from = before.from;
    else if (!isNamePlace(word, position, words)) continue;
    let to = position + 1;
    for (;;) {
      const next = taken(to);
      if (next && isSurname(next, words[to], words[to - 1])) spans.splice(spans.indexOf(next), 1);
      else if (next || isOther(to) || !continues(words[to], words[to - 1])) break;
      to = next?.to ?? to + 1;
    }
    if (surname) spans.splice(spans.indexOf(before), 1);
    found.push({ from, to, weight: 0, meaning: { kind: 'person', ids: [], fit: 'part' } });
    position = to - 1;
  }
  return found;
}

/** The lexicon does not know it, it is a word, and not one that everybody uses. */
const isForeign = (word: ReadWord): boolean =>
  word.base === null && !word.ordinary && (word.inAddress || /^\p{L}/u.test(word.text));

function isNamePlace(word: ReadWord, position: number, words: readonly ReadWord[]): boolean {
  if (word.inAddress || word.possessive) return true;
  const before = words[position - 1];
  if (!before) return false;
  return (
    word.slot ||
    (word.capital && position > 0 && before.base !== null && !word.afterBreak && before.base !== '-')
  );
}

/** A further word of the same name: the rest of an address, or another word with a capital that the lexicon does not know. */
const continues = (word: ReadWord | undefined, before: ReadWord | undefined): boolean =>
  word !== undefined &&
  before !== undefined &&
  ((word.inAddress && word.glue !== '') ||
    (word.base === null && !before.possessive && !word.afterBreak && (word.capital || word.possessive)));

/** A part of somebody else's name after a given name that nobody bears: "Frank Miller" is not Zoë Müller. */
const isSurname = (span: Span, word: ReadWord | undefined, before: ReadWord | undefined): boolean =>
  span.meaning.kind === 'person' &&
  (span.meaning.fit === 'part' || span.meaning.fit === 'spelling') &&
  word?.capital === true &&
  before?.capital === true &&
  !before.possessive &&
  !word.afterBreak;
