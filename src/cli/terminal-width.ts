import stringWidth from 'string-width';

/** Counts the columns that a text takes in a terminal: 张 takes two, a combining accent none. */
export const displayWidth = (text: string): number => stringWidth(text);

/** Fills a text with spaces up to so many columns. */
export const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a word into pieces of at most so many columns, between what a reader takes for letters. */
export function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const cut: string[] = [];
  let piece = '';
  for (const { segment } of letters.segment(word)) {
    if (piece !== '' && displayWidth(piece) + displayWidth(segment) > width) {
      cut.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...cut, piece];
}
