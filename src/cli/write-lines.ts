import { once } from 'node:events';
import type { Lines } from '../answers/export/lines.ts';
import type { Io } from './command.ts';

/**
 * Writes the parts of a file as they come, no faster than they are read, and tells a terminal how many rows.
 * @returns how many rows were written
 */
export async function writeLines(
  lines: AsyncIterable<Lines>,
  { stdout, stderr, signal }: Pick<Io, 'stdout' | 'stderr' | 'signal'>,
): Promise<number> {
  let written = 0;
  for await (const { text, rows } of lines) {
    signal.throwIfAborted();
    if (!stdout.write(text)) await once(stdout, 'drain', { signal });
    written += rows;
    if (stderr.isTTY) stderr.write(`\r${written} rows`);
  }
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  return written;
}
