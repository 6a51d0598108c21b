/** Addresses and ids longer than this may break in a cell of a table. */
export const WHOLE_IN_A_CELL = 16;
/** In a text as wide as the card, on a phone. */
export const WHOLE_IN_A_LINE = 28;

const ADDRESS = /[^\s]+@[^\s]+|[^\s]*[A-Za-z0-9][._][A-Za-z0-9][^\s]*/g;

/**
 * Marks where a long address or id may break: after `.`, `@`, `-` or `_` only. What people copy of it and send back is
 * read without the marks.
 * @param whole words up to this many letters stay whole
 */
export const withBreaks = (text: string, whole: number): string =>
  text.replace(ADDRESS, (word) =>
    word.length > whole ? word.replace(/(?<=[A-Za-z0-9])[.@_-](?=[A-Za-z0-9])/g, '$&\u200b') : word,
  );

/** Of the pieces at whose ends a line may break, the longest, in letters. */
export const longestPiece = (text: string): number =>
  Math.max(
    0,
    ...withBreaks(text, WHOLE_IN_A_CELL)
      .split(/[\s\u200b]+|(?<=-)/)
      .map(({ length }) => length),
  );
