import { fold } from '../names/fold.ts';
import type { Said } from './said.ts';

const BOTH =
  /\b(?:both|and also|as well as|together with|at the same time|beide[ns]?|sowohl|gleichzeitig|und auch|zugleich|allebei|zowel|tegelijk|en ook|les deux|a la fois|et aussi|ambos|ambas|a la vez|y tambien)\b/;

/**
 * The products that somebody must have all of, when a sentence says so ("both E3 and Visio"): for each name, the
 * products that it fits. Null otherwise.
 */
export function togetherIn({ text, spans }: Said): string[][] | null {
  const products = sidesOf(spans);
  return products.length > 1 && BOTH.test(fold(text)) ? products : null;
}

/** What two or more names of products each fit, to be compared: "difference between E3 and E5". Else nothing. */
export function sidesOf(spans: Said['spans']): string[][] {
  const products = spans.flatMap(({ meaning }) =>
    meaning.kind === 'sku' && meaning.skuIds.length > 0 ? [meaning.skuIds] : [],
  );
  return products.length > 1 ? products : [];
}
