import { fold } from '../names/fold.ts';

/** A word of the sentence with what its writing tells: where it stands, whose it is, what joins it to the last one. */
export type Word = {
  /** Folded: "Rick’s" → "rick". */
  text: string;
  /** Where it stands in the sentence, without the possessive ending. */
  start: number;
  end: number;
  possessive: boolean;
  capital: boolean;
  /** What joins it to the word before: "-" in 2026-11-01, "@" in a UPN, " - " between two dates; else empty. */
  glue: string;
  /** A comma, a full stop or the like stands between it and the word before. */
  afterBreak: boolean;
  /** As `afterBreak`, but no bracket or quotation mark: those stand inside names, too. */
  afterComma: boolean;
  /** Letters before an apostrophe that may be a French word of their own: 2 in "qu'a"; 0 where there are none. */
  elided: number;
};

/** More than anybody types; the rest of a longer text is ignored, so that a turn stays fast. */
export const MAX_TEXT_LENGTH = 1_000;
const MAX_WORDS = 100;

const WORD = /(?:\bre-(?=\p{L}))?[\p{L}\p{N}\p{M}]+(?:['’‘ʼ`´][\p{L}\p{N}\p{M}]+)*/gu;
const POSSESSIVE = /['’‘ʼ`´]s$/i;
/** Words after which 's is "is" or "has". */
const BE_AFTER = /^(what|who|when|where|how|why|that|it|he|she|there|here)['’‘ʼ`´]s$/i;
const NOT_AFTER = /^(\p{L}+)n['’‘ʼ`´]t$/iu;
const VERB_AFTER = /^(i|you|we|they|he|she|it|who|that)['’‘ʼ`´](ve|m|re|ll|d)$/i;
/** "d'Adele", "n'a", "qu'a": a word without its vowel before the next one. */
const ELIDED = /^([ldnsjtmc]|qu)['’‘ʼ`´]\p{L}/iu;
const IRREGULAR_NOT: ReadonlyMap<string, string> = new Map(
  Object.entries({ ca: 'can', wo: 'will', sha: 'shall' }),
);

/** Tags, and what stands in a script or a style, as spaces: they say nothing to us. */
const withoutMarkup = (text: string): string =>
  text.replace(/<(script|style)\b[^<>]*>[^<]*<\/\1>|<\/?[a-z][^<>]*>/gi, (markup) =>
    ' '.repeat(markup.length),
  );

/** Splits a sentence into folded words. Tags (a Teams mention) are no words; the order of the text is kept. */
export function wordsIn(sentence: string): Word[] {
  const text = withoutMarkup(sentence.slice(0, MAX_TEXT_LENGTH));
  const words: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    const raw = match[0];
    const between = text.slice(last, match.index);
    last = match.index + raw.length;
    words.push(...readWord(raw, match.index, between, /^['’‘ʼ`´](?![\p{L}\p{N}])/u.test(text.slice(last))));
  }
  return words;
}

function readWord(raw: string, start: number, between: string, apostropheAfter: boolean): Word[] {
  const spaced = between === '' || /\s/.test(between);
  const base = {
    start,
    capital: /^\p{Lu}/u.test(raw),
    glue: spaced && !/^ ?[-–—] ?$/.test(between) ? '' : between,
    afterBreak: /[,;.!?:()"“”]/.test(between) && spaced,
    afterComma: /[,;.!?:]/.test(between) && spaced,
  };
  const two = (first: string, second: string): Word[] => [
    { ...base, text: fold(first), end: start + first.length, possessive: false, elided: 0 },
    {
      text: second,
      start: start + first.length,
      end: start + raw.length,
      possessive: false,
      capital: false,
      glue: '',
      afterBreak: false,
      afterComma: false,
      elided: 0,
    },
  ];
  const be = BE_AFTER.exec(raw);
  if (be?.[1]) return two(be[1], 'is');
  const not = NOT_AFTER.exec(raw);
  if (not?.[1]) return two(IRREGULAR_NOT.get(not[1].toLowerCase()) ?? not[1], 'not');
  const verb = VERB_AFTER.exec(raw);
  if (verb?.[1]) return two(verb[1], verb[2] === 've' ? 'have' : verb[2] === 'll' ? 'will' : 'is');
  const bare = raw.replace(POSSESSIVE, '');
  const elided = ELIDED.exec(raw)?.[1]?.length ?? 0;
  return [
    {
      ...base,
      text: fold(bare.replace(/^re-/i, 're')),
      end: start + bare.length,
      elided,
      capital: /^\p{Lu}/u.test(elided > 0 ? raw.slice(elided + 1) : raw),
      possessive: POSSESSIVE.test(raw) || (apostropheAfter && /s$/i.test(raw)),
    },
  ];
}
