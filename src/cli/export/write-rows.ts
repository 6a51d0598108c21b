import { once } from 'node:events';
import type { Io } from '../command.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';
import type { ExportedRow, ExportTable } from './table.ts';

export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Writes rows as they come, no faster than they are read, and tells a terminal how many.
 * @returns how many rows were written
 */
export async function writeRows(
  columns: ExportTable['columns'],
  rows: AsyncIterable<ExportedRow[]>,
  format: Format,
  { stdout, stderr, signal }: Pick<Io, 'stdout' | 'stderr' | 'signal'>,
): Promise<number> {
  const write = async (text: string): Promise<void> => {
    if (!stdout.write(text)) await once(stdout, 'drain', { signal });
  };
  if (format === 'csv') await write(BYTE_ORDER_MARK + csvLine(columns));
  let written = 0;
  for await (const chunk of rows) {
    signal.throwIfAborted();
    const lines = chunk.map(({ cells, record }) =>
      format === 'csv' ? csvLine(cells) : `${JSON.stringify(record)}\n`,
    );
    if (lines.length > 0) await write(lines.join(''));
    written += chunk.length;
    if (stderr.isTTY) stderr.write(`\r${written} rows`);
  }
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  return written;
}
