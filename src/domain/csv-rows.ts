import { parse } from 'csv-parse/sync';

/** A row of a CSV text, with the number of the line that it begins on, counted from one. */
export type CsvRow = { line: number; cells: string[] };

/** What separates cells: spreadsheets write a semicolon where the comma is in the numbers. */
const SEPARATORS = [';', '\t', ','] as const;

/**
 * Reads the rows of a CSV text (RFC 4180), with trimmed cells; empty lines are none. The first line tells the
 * separator. Throws CsvError for a text that ends inside quotes.
 */
export function csvRows(text: string): CsvRow[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  const rows = parse(text, {
    bom: true,
    delimiter: SEPARATORS.find((candidate) => header.includes(candidate)) ?? ',',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    trim: true,
  }) as unknown as { info: { lines: number }; record: string[] }[];
  return rows.map(({ info, record }) => ({
    // csv-parse counts the line that a row ends on; a quoted cell may run over several.
    line: info.lines - (record.join('').match(/\n/g)?.length ?? 0),
    cells: record.map((cell) => cell.trim()),
  }));
}
