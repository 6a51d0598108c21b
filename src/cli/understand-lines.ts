import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { understand } from '../language/conversation/understand.ts';
import { indexDirectory } from '../language/names/directory-index.ts';
import type { Io } from './command.ts';
import type { FileDirectory } from './directory-file.ts';
import { understoodJson } from './query-json.ts';

/** Reads sentences from stdin, a line each, and prints the query of each as one JSON line. `now` is ms UTC. */
export async function understandLines(
  { directory, timeZone }: FileDirectory,
  now: number,
  { stdin, stdout }: Pick<Io, 'stdin' | 'stdout'>,
): Promise<void> {
  const index = indexDirectory(directory);
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const query = understand(line, { directory, now, timeZone, asker: null }, index);
    const written = stdout.write(`${JSON.stringify(understoodJson(query))}\n`);
    // A reader that is slower than we are must not make us hold everything in memory.
    if (!written) await once(stdout, 'drain');
  }
}
