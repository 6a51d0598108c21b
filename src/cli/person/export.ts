import { once } from 'node:events';
import { archiveProof } from '../../answers/export/proof.ts';
import { systemClock } from '../../app/system-clock.ts';
import { count } from '../../domain/numerals.ts';
import { keyOf } from '../../domain/people/names.ts';
import { EXIT_FAILURE, EXIT_OK, writeLine } from '../command.ts';
import { type PersonRun, personMeant } from './run.ts';

/** Writes every stored row about a person, while it is read, and notes in the log that it did. */
export async function exportStored(run: PersonRun, who: string, format: string): Promise<number> {
  const { store, io, by } = run;
  const person = await personMeant(run, who);
  if (typeof person === 'number') return person;
  const counts: Record<string, number> = {};
  const write = async (text: string) => {
    if (!io.stdout.write(text)) await once(io.stdout, 'drain', { signal: io.signal });
  };
  const note = (act: 'export begun' | 'exported') =>
    store.people.note({ at: systemClock.now(), act, person: keyOf(person.names), by, counts, reason: null });
  const asList = format === 'json';
  let total = 0;
  for await (const row of store.people.rows(person.names, io.signal)) {
    // Before the first row leaves: anybody who stops an export in the middle has what was written.
    if (total === 0) await note('export begun');
    const before = asList ? (total === 0 ? '[\n' : ',\n') : '';
    await write(`${before}${JSON.stringify(row)}${asList ? '' : '\n'}`);
    counts[row.table] = (counts[row.table] ?? 0) + 1;
    total += 1;
  }
  if (total === 0) {
    writeLine(io.stderr, `Nothing is stored about ${who}.`);
    return EXIT_FAILURE;
  }
  if (asList) await write('\n]\n');
  await note('exported');
  writeLine(io.stderr, `${count(total, 'row')} about ${who}.`);
  if ((counts.audit_events ?? 0) > 0)
    writeLine(io.stderr, await archiveProof(store.archive, systemClock.now()));
  return EXIT_OK;
}
