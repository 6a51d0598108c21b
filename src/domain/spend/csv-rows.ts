/** A row of a CSV text, with the number of the line that it begins on, counted from one. */
export type CsvRow = { line: number; cells: string[] };

/** What separates cells: spreadsheets write a semicolon where the comma is in the numbers. */
const SEPARATORS = [';', '\t', ','] as const;

/** The rows of a CSV text (RFC 4180), with trimmed cells; empty lines are none. The first line tells the separator. */
export function csvRows(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '');
  const [header = ''] = source.split(/\r?\n/, 1);
  const separator = SEPARATORS.find((candidate) => header.includes(candidate)) ?? ',';
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let cell = '';
  let quoted = false;
  let line = 1;
  const endCell = (): void => {
    row.cells.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.cells.some((text) => text !== '')) rows.push(row);
    row = { line, cells: [] };
  };
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\n') line++;
    if (quoted) {
      const doubled = character === '"' && source.charAt(at + 1) === '"';
      if (doubled) at++;
      if (character === '"' && !doubled) quoted = false;
      else cell += character;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else cell += character;
  }
  endRow();
  return rows;
}
