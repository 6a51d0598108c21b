/** A column as it is shown: where its cells are in a row, and its share of the card's width. */
export type TableColumn = { index: number; title: string; width: number };

/** A cell with more letters than this is broken into lines however wide it is. */
const WIDEST = 24;
/** The room that a cell needs around its text, in letters. */
const PADDING = 4;

/**
 * The columns that have something to say, each as wide as its texts need it: a card is narrow, and columns of equal
 * width break the words of one while another stands empty. A table without rows keeps all of its columns.
 */
export function tableColumns(titles: readonly string[], rows: readonly (readonly string[])[]): TableColumn[] {
  return titles.flatMap((title, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    if (rows.length > 0 && cells.every((cell) => cell === '')) return [];
    return [{ index, title, width: Math.max(...[title, ...cells].map(roomFor)) }];
  });
}

/** In letters: no word shall be broken, and the longer a text, the more lines it may have. */
function roomFor(text: string): number {
  const longestWord = Math.max(0, ...text.split(/\s+/).map(({ length }) => length));
  return Math.min(WIDEST, Math.max(longestWord + PADDING, Math.round(3 * Math.sqrt(text.length))));
}
