import type { Said } from './said.ts';
import { setOf } from './said.ts';

const FROM = setOf('from von van vom de du desde d des off');
const TO = setOf(
  'to onto auf naar nach zu zum vers a au into for by with durch gegen voor door pour par por con',
);
/** Verbs after which the first product is the one that goes: "replace E3 with E5", "swap E3 for E5". */
const FIRST_GOES =
  /\b(?:replace|swap|exchange|switch|trade|ersetz|tausch|wissel|vervang|ruil|rempla|echang|cambi|sustitu|reemplaz)/;

export type SwapSides = { from: string[]; to: string[] };

/**
 * The product that goes and the one that comes in "move Lee from E3 to E5", "replace E3 with E5", "upgrade Lee to E5".
 * A side that is not said is empty.
 */
export function swapSides({ text, words, spans }: Said): SwapSides {
  const sides: SwapSides = { from: [], to: [] };
  const rest: string[][] = [];
  const products = spans.filter(({ meaning }) => meaning.kind === 'sku');
  for (const span of products) {
    if (span.meaning.kind !== 'sku') continue;
    const { skuIds } = span.meaning;
    const before = wordBefore(words, span.from);
    if (FROM.has(before)) sides.from.push(...skuIds);
    else if (TO.has(before)) sides.to.push(...skuIds);
    else rest.push(skuIds);
  }
  const [first = [], second = []] = rest;
  if (rest.length === 2 && sides.from.length + sides.to.length === 0) return { from: first, to: second };
  if (rest.length === 1) {
    if (sides.from.length === 0 && (sides.to.length > 0 || FIRST_GOES.test(text.toLowerCase())))
      sides.from = first;
    else if (sides.to.length === 0) sides.to = first;
  }
  return sides;
}

/** The word before a product, past articles and whose it is: "from her E3". */
function wordBefore(words: Said['words'], at: number): string {
  let before = at - 1;
  while (
    words[before]?.base === '-' &&
    !FROM.has(words[before]?.text ?? '') &&
    !TO.has(words[before]?.text ?? '')
  )
    before--;
  return words[before]?.text ?? '';
}
