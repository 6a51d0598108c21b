import { once } from 'node:events';
import type { Detector, Firing } from '../../domain/detection/evaluate.ts';
import { numeral } from '../../domain/numerals.ts';
import { type Io, writeLine } from '../command.ts';
import { createDryRun } from './dry-run.ts';
import type { Records } from './records.ts';
import type { ReadSoFar } from './summary.ts';

/** How often a terminal is shown how far it is, in records. */
const PROGRESS = 10_000;

/**
 * Evaluates records and writes what each firing is shown as, no faster than it is read.
 * @param show the line of a firing; null for none
 */
export async function runOver(
  detector: Detector,
  records: Records,
  show: (firing: Firing) => string | null,
  io: Io,
): Promise<ReadSoFar> {
  const read: ReadSoFar = { records: 0, unreadable: 0, from: Number.POSITIVE_INFINITY, to: 0 };
  const run = createDryRun(detector.ruleSet, () => read.from);
  const write = async (firings: readonly Firing[]): Promise<void> => {
    for (const firing of firings) {
      const line = show(firing);
      if (line !== null && !io.stdout.write(`${line}\n`))
        await once(io.stdout, 'drain', { signal: io.signal });
    }
  };
  for await (const evaluated of records(detector)) {
    io.signal.throwIfAborted();
    if (!evaluated.ok) {
      read.unreadable++;
      continue;
    }
    read.records++;
    if (evaluated.at > 0) {
      read.from = Math.min(read.from, evaluated.at);
      read.to = Math.max(read.to, evaluated.at);
    }
    await write(run.take(evaluated.matches));
    if (io.stderr.isTTY && read.records % PROGRESS === 0)
      io.stderr.write(`\r${numeral(read.records)} records`);
  }
  if (io.stderr.isTTY) io.stderr.write('\r\u001b[K');
  await write(run.end());
  if (read.unreadable > 0) writeLine(io.stderr, `${numeral(read.unreadable)} lines could not be read.`);
  if (run.letGo() > 0) {
    writeLine(
      io.stderr,
      `${numeral(run.letGo())} matches were let go before the windows of their correlations ended, so counts may be too low: more came within one window than are held.`,
    );
  }
  return read;
}
