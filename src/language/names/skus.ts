import type { DirectorySku } from '../query.ts';
import { type CloseWords, closestWords, indexCloseWords } from './close-words.ts';
import { firstWords, wordsOf } from './fold.ts';
import { LOOSE_WORDS, NAMING_PAIRS, NAMING_WORDS, NARROWING_WORDS, PRODUCT_SLANG } from './product-words.ts';

type IndexedSku = { skuId: string; words: ReadonlySet<string>; name: string };

/** The tenant's products, prepared for finding them in a sentence. */
export type SkuIndex = {
  skus: readonly IndexedSku[];
  /** Part numbers by their words: "spe e3". */
  byPartNumber: ReadonlyMap<string, string[]>;
  /** The first words of part numbers. */
  partStarts: ReadonlySet<string>;
  /** Words that stand in a product's name here. */
  vocabulary: ReadonlySet<string>;
  close: CloseWords;
};

/** A product in the sentence: the ids of those that it may mean; none when the tenant has no such product. */
export type SkuHit = { length: number; skuIds: string[]; exact: boolean };

const MAX_NAME_LENGTH = 10;

/** Prepares the SKUs of a directory. What is in brackets, such as "(no Teams)", is not part of the name; "(Plan 1)" is. */
export function indexSkus(skus: readonly DirectorySku[]): SkuIndex {
  const indexed = skus.map((sku) => {
    const words = wordsOf(sku.displayName.replace(/\((?!plan \d|p\d).*?\)/gi, ' ')).flatMap(unslang);
    return { skuId: sku.skuId, words: new Set(words), name: withoutMaker(words) };
  });
  const byPartNumber = new Map<string, string[]>();
  for (const { skuId, partNumber } of skus) {
    const words = wordsOf(partNumber).join(' ');
    byPartNumber.set(words, [...(byPartNumber.get(words) ?? []), skuId]);
  }
  const vocabulary = new Set(indexed.flatMap(({ words }) => [...words]));
  const close = [...vocabulary, ...NAMING_WORDS, 'business', 'premium', 'standard', 'power'];
  return {
    skus: indexed,
    byPartNumber,
    partStarts: firstWords([...byPartNumber.keys()]),
    vocabulary,
    close: indexCloseWords(close.filter((word) => word.length >= 5 && !LOOSE_WORDS.has(word))),
  };
}

/** The product word that a misspelt word probably is, or null. */
export function correctedProductWord(index: SkuIndex, word: string): { word: string; edits: number } | null {
  if (word.length < 5) return null;
  const [closest] = closestWords(index.close, word, {
    allowed: (a, b) => (Math.max(a.length, b.length) >= 8 ? 2 : 1),
  });
  return closest ?? null;
}

/** The longest product name that begins at `start`; null where none begins. */
export function findSku(index: SkuIndex, words: readonly string[], start: number): SkuHit | null {
  const byPart = findPartNumber(index, words, start);
  if (byPart) return byPart;
  let longest = 0;
  while (longest < MAX_NAME_LENGTH && isProductWord(index, words[start + longest])) longest++;
  const first = words[start] ?? '';
  if (longest === 0 || LOOSE_WORDS.has(first)) return null;
  for (let length = longest; length > 0; length--) {
    const last = words[start + length - 1] ?? '';
    if (last === 'for' || last === 'and' || last === 'user') continue;
    const said = words.slice(start, start + length).flatMap(unslang);
    if (!said.some((word) => !LOOSE_WORDS.has(word) && word !== 'microsoft' && word !== 'office')) continue;
    const skuIds = matching(index, said);
    if (skuIds.length > 0 && names(index, said)) return { length, skuIds, exact: true };
    // "Visio Plan 1" is another product than "Visio": the longer name wins even where the tenant lacks it.
    if (
      skuIds.length === 0 &&
      isProductName(said) &&
      !LOOSE_WORDS.has(lastUnlessNumber(last, words[start + length - 2]))
    ) {
      return twoNames(index, words, start, length) ?? { length, skuIds: [], exact: false };
    }
  }
  return null;
}

/** "E3 E5": words that are no name together, but two names one after the other; the hit is the first of them. */
function twoNames(index: SkuIndex, words: readonly string[], start: number, length: number): SkuHit | null {
  const named = (from: number, to: number): string[] => {
    const said = words.slice(from, to).flatMap(unslang);
    return names(index, said) ? matching(index, said) : [];
  };
  for (let cut = length - 1; cut > 0; cut--) {
    const skuIds = named(start, start + cut);
    // "E3 for E5"
    const next = start + cut + (words[start + cut] === 'for' ? 1 : 0);
    if (skuIds.length > 0 && named(next, start + length).length > 0) {
      return { length: cut, skuIds, exact: true };
    }
  }
  return null;
}

function findPartNumber(index: SkuIndex, words: readonly string[], start: number): SkuHit | null {
  if (!index.partStarts.has(words[start] ?? '')) return null;
  for (let length = Math.min(MAX_NAME_LENGTH, words.length - start); length > 0; length--) {
    const skuIds = index.byPartNumber.get(words.slice(start, start + length).join(' '));
    if (skuIds) return { length, skuIds, exact: true };
  }
  return null;
}

/** Those whose whole name is said, else those whose name holds all that is said: "E3" is every E3. */
function matching(index: SkuIndex, said: readonly string[]): string[] {
  const wanted = tolerant(said);
  const candidates = index.skus.filter(({ words }) => wanted.every((word) => words.has(word)));
  const name = withoutMaker(said);
  const exact = /^[aefgk]\d$/.test(name) ? [] : candidates.filter((sku) => sku.name === name);
  return (exact.length > 0 ? exact : candidates).map(({ skuId }) => skuId);
}

/** "Visio P2" says Plan 2 where no P2 exists in the name. */
const tolerant = (said: readonly string[]): string[] =>
  said.flatMap((word, index) =>
    /^p\d$/.test(word) && said[index - 1] === 'visio' ? ['plan', word.slice(1)] : [word],
  );

/** Whether words that fit a SKU are enough of a name: "Microsoft 365" and "plan" are not. */
const names = (index: SkuIndex, said: readonly string[]): boolean =>
  isProductName(said) ||
  said.some((word) => index.vocabulary.has(word) && !NARROWING_WORDS.has(word)) ||
  (said.length === 1 && ['business', 'premium'].includes(said[0] ?? ''));

const isProductName = (said: readonly string[]): boolean =>
  said.some((word) => NAMING_WORDS.has(word)) ||
  said.some((word, index) => index > 0 && NAMING_PAIRS.has(`${said[index - 1]} ${word}`));

const isProductWord = (index: SkuIndex, word: string | undefined): boolean =>
  word !== undefined &&
  unslang(word).every(
    (part) =>
      index.vocabulary.has(part) || NAMING_WORDS.has(part) || NARROWING_WORDS.has(part) || part === 'for',
  );

/** Whether a folded word names a product, or narrows one down, by itself: "e3", "visio". */
export const isProductWordHere = (index: SkuIndex, word: string): boolean =>
  unslang(word).every((part) => index.vocabulary.has(part) || NAMING_WORDS.has(part));

const lastUnlessNumber = (last: string, before: string | undefined): string =>
  /^\d$/.test(last) && before === 'plan' ? 'plan' : last;

/** A word of a sentence as the official names would write it: "pbi" → power, bi; "m365e3" → microsoft, 365, e3. */
function unslang(word: string): string[] {
  const whole = PRODUCT_SLANG.get(word);
  if (whole !== undefined) return whole.split(' ');
  const joined = /^(m|ms|o|office|microsoft)365([aefg]\d)?$/.exec(word);
  if (joined) {
    const maker = joined[1]?.startsWith('o') ? 'office' : 'microsoft';
    return joined[2] ? [maker, '365', joined[2]] : [maker, '365'];
  }
  const plural = /^([aefgk]\d|visio|copilot|project)s$/.exec(word);
  return [plural?.[1] ?? word];
}

const withoutMaker = (words: readonly string[]): string =>
  words
    .join(' ')
    .replace(/^microsoft (?=.)/, '')
    .replace(/^(office )?365 (?=.)/, '');

/** Whether a text is a product's name, known to the tenant or not: to tell "Visio" from a person nobody knows. */
export const isProductText = (text: string): boolean => isProductName(wordsOf(text).flatMap(unslang));
