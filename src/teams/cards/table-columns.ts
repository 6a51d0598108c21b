import { longestPiece } from './breaks.ts';

/** A column as it is shown: where its cells are in a row, and its share of the card's width. */
export type TableColumn = { index: number; title: string; width: number };

/** The columns that are shown as such, and those whose values stand below the first one. */
export type TableLayout = { columns: TableColumn[]; below: { index: number; title: string }[] };

/** Of a card as wide as a phone, in letters of a table. */
const ROOM = 34;
/** The room that a cell needs around its text, in letters. */
const PADDING = 7;
/** More columns than this are a spreadsheet. */
const MAX_COLUMNS = 3;

/**
 * At most three columns, and only as many as leave every word whole on a phone: the others stand below the first one,
 * with their titles. Columns in which no row has anything to say are left out; a table without rows keeps its first.
 */
export function tableLayout(titles: readonly string[], rows: readonly (readonly string[])[]): TableLayout {
  const used = titles.flatMap((title, index): Used[] => {
    const cells = rows.map((row) => row[index] ?? '');
    if (rows.length > 0 && cells.every((cell) => cell === '')) return [];
    const texts = [title, ...cells];
    return [
      {
        index,
        title,
        least: Math.max(...texts.map(longestPiece)) + PADDING,
        wanted: Math.max(...texts.map(({ length }) => Math.round(3 * Math.sqrt(length)))),
      },
    ];
  });
  const columns = fitting(used);
  const taken = columns.reduce((sum, { least }) => sum + least, 0);
  const spare = Math.max(0, ROOM - taken);
  const wanted = columns.reduce((sum, column) => sum + column.wanted, 0) || 1;
  return {
    columns: columns.map(({ index, title, least, wanted: want }) => ({
      index,
      title,
      width: Math.max(1, least + Math.round((spare * want) / wanted)),
    })),
    below: used
      .filter((column) => !columns.some(({ index }) => index === column.index))
      .map(({ index, title }) => ({ index, title })),
  };
}

/** A column in which some row has something to say: the room it needs at least, and what it would like. */
type Used = { index: number; title: string; least: number; wanted: number };

/** The columns that fit beside each other. What stands below the first one needs its room there, too. */
function fitting(used: readonly Used[]): Used[] {
  const columns: Used[] = [];
  let taken = 0;
  for (const column of used) {
    const fits = columns.length === 0 || taken + column.least <= ROOM;
    if (!fits || columns.length === MAX_COLUMNS) continue;
    columns.push(column);
    taken += column.least;
  }
  const [first] = columns;
  const below = used.filter((column) => !columns.includes(column));
  const needed = Math.max(0, ...below.map(({ least }) => least));
  if (first === undefined || needed <= first.least) return columns;
  return fitting(used.map((column) => (column === first ? { ...column, least: needed } : column)));
}
