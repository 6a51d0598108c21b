import { EMPTY } from '../lexicon/lexicon.ts';
import type { ReadWord } from './sentence.ts';
import type { Span } from './spans.ts';

/**
 * The sentence as the rules of intent see it: one letter for a name, base words, nothing for words like "the".
 * `letterAt` says where a pronoun stands for a name; what is `leftOut` ("but not Lee") is no part of it.
 */
export function inBaseWords(
  words: readonly ReadWord[],
  spans: readonly Span[],
  own: ReadonlySet<number>,
  letterAt: (position: number) => 'P' | 'S' | 'G' | null = () => null,
  leftOut: readonly { from: number; to: number }[] = [],
): string {
  const said: string[] = [];
  for (let position = 0; position < words.length; ) {
    const out = leftOut.find(({ from, to }) => position >= from && position < to);
    if (out) {
      position = out.to;
      continue;
    }
    const span = spans.find(({ from }) => from === position);
    if (span) {
      said.push(letterOf(span));
      position = span.to;
      continue;
    }
    const word = words[position];
    const letter = own.has(position) ? 'P' : letterAt(position);
    if (letter) said.push(letter);
    else if (word && word.base !== EMPTY && word.text !== 'my')
      said.push(word.base ?? (/^\d+$/.test(word.text) ? word.text : '?'));
    position++;
  }
  return (
    said
      .join(' ')
      .replace(/\b(P|S|G)(?: (?:and |or )?\1\b)+/g, '$1')
      .replace(/\bgive me\b/g, 'show')
      // "Can I still assign an E5" asks whether there is one, "can you assign" that it be done.
      .replace(/\bcan me (?:give|assign|assigned) (?:out )?(?=S$)/, 'can give out ')
      .replace(/\bme\b ?/g, '')
      // "por qué" is two words.
      .replace(/\bby what\b/g, 'why')
      .trim()
  );
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

/** Words of questions about what the tenant still has to give. */
const STOCK: ReadonlySet<string> = new Set(['left', 'free', 'seat', 'enough']);

/** "me", which nobody does anything as. */
const OBJECT = new Set(['me', 'mich', 'mir', 'mij', 'moi']);

/** Positions of "me", "my" and "I" that mean the asker as somebody with licenses, not as who is asking. */
export function ownWords(words: readonly ReadWord[], spans: readonly Span[]): Set<number> {
  const own = new Set<number>();
  // "How many E5 do I have left" asks for the tenant.
  if (words.some(({ base }) => base !== null && STOCK.has(base))) return own;
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
