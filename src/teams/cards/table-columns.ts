/** A column as it is shown: where its cells are in a row, and its share of the card's width. */
export type TableColumn = { index: number; title: string; width: number };

/** The columns that are shown as such, and those whose values stand below the first one. */
export type TableLayout = { columns: TableColumn[]; below: { index: number; title: string }[] };

/** Of a card as wide as a phone, in letters of a table. */
const ROOM = 34;
/** The room that a cell needs around its text, in letters. */
const PADDING = 7;
/** More columns than this are a spreadsheet. */
const MOST_COLUMNS = 3;

/**
 * At most three columns, and only as many as leave every word whole on a phone: the others stand below the first one,
 * with their titles. Columns in which no row has anything to say are left out; a table without rows keeps its first.
 */
export function tableLayout(titles: readonly string[], rows: readonly (readonly string[])[]): TableLayout {
  const used = titles.flatMap((title, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    if (rows.length > 0 && cells.every((cell) => cell === '')) return [];
    const texts = [title, ...cells];
    return [
      {
        index,
        title,
        least: Math.max(...texts.map(longestWord)) + PADDING,
        wanted: Math.max(...texts.map(({ length }) => Math.round(3 * Math.sqrt(length)))),
      },
    ];
  });
  const columns: typeof used = [];
  let taken = 0;
  for (const column of used) {
    const fits = columns.length === 0 || taken + column.least <= ROOM;
    if (!fits || columns.length === MOST_COLUMNS) continue;
    columns.push(column);
    taken += column.least;
  }
  const spare = Math.max(0, ROOM - taken);
  const wanted = columns.reduce((sum, column) => sum + column.wanted, 0) || 1;
  return {
    columns: columns.map(({ index, title, least, wanted: want }) => ({
      index,
      title,
      width: Math.max(1, least + Math.round((spare * want) / wanted)),
    })),
    below: used.filter((column) => !columns.includes(column)).map(({ index, title }) => ({ index, title })),
  };
}

/** Of the pieces at whose ends a line may break, the longest, in letters. */
const longestWord = (text: string): number =>
  Math.max(
    0,
    ...withBreaks(text)
      .split(/[\s\u200b]+|(?<=-)/)
      .map(({ length }) => length),
  );

/** Addresses and ids longer than this may break, and then after `.`, `@`, `-` or `_` only. */
const LONGEST_WHOLE = 16;
const ADDRESS = /[^\s]+@[^\s]+|[^\s]*[A-Za-z0-9][._][A-Za-z0-9][^\s]*/g;

/** Marks where a long address or id may break. What people copy of it and send back is read without the marks. */
export const withBreaks = (text: string): string =>
  text.replace(ADDRESS, (word) =>
    word.length > LONGEST_WHOLE ? word.replace(/(?<=[A-Za-z0-9])[.@_-](?=[A-Za-z0-9])/g, '$&\u200b') : word,
  );
