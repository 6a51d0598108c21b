import type { Format } from '../answer/export-request.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import type { ExportedRow, ExportTable } from './table.ts';

/** A part of a file, and how many rows are in it. */
export type Lines = { text: string; rows: number };

/** The file of a table, part by part: with its head first, where the format has one. */
export async function* linesOf(
  columns: ExportTable['columns'],
  rows: AsyncIterable<ExportedRow[]>,
  format: Format,
): AsyncGenerator<Lines> {
  if (format === 'csv') yield { text: BYTE_ORDER_MARK + csvLine(columns), rows: 0 };
  for await (const chunk of rows) {
    const lines = chunk.map(({ cells, record }) =>
      format === 'csv' ? csvLine(cells) : `${JSON.stringify(record)}\n`,
    );
    if (lines.length > 0) yield { text: lines.join(''), rows: chunk.length };
  }
}
