/** Addresses and ids longer than this may break in a cell of a table. */
export const WHOLE_IN_A_CELL = 16;
/** In a text as wide as the card, on a phone. */
export const WHOLE_IN_A_LINE = 28;

const WORD = /\S+/g;
/** Makes a word an address or an id. One expression for the word and for this takes the square of the word's length. */
const ADDRESS = /\S@\S|[A-Za-z0-9][._][A-Za-z0-9]/;
const BREAK = /(?<=[A-Za-z0-9])[.@_-](?=[A-Za-z0-9])/g;

/**
 * Marks where a long address or id may break: after `.`, `@`, `-` or `_` only. What people copy of it and send back is
 * read without the marks.
 * @param whole words up to this many letters stay whole
 */
export const withBreaks = (text: string, whole: number): string =>
  text.replace(WORD, (word) =>
    word.length > whole && ADDRESS.test(word) ? word.replace(BREAK, '$&\u200b') : word,
  );

/** Of the pieces at whose ends a line may break, the longest, in letters. */
export const longestPiece = (text: string): number =>
  Math.max(
    0,
    ...withBreaks(text, WHOLE_IN_A_CELL)
      .split(/[\s\u200b]+|(?<=-)/)
      .map(({ length }) => length),
  );
