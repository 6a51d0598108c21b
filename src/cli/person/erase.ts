import { systemClock } from '../../app/system-clock.ts';
import { count } from '../../domain/numerals.ts';
import { EXIT_FAILURE, EXIT_OK, writeLine } from '../command.ts';
import { holdOf, type PersonRun, personMeant, shownAs } from './run.ts';

type Wanted = { isSure: boolean; althoughPresent: boolean };

/** Says what an erasure would do, or does it. */
export async function eraseStored(
  run: PersonRun,
  who: string,
  { isSure, althoughPresent }: Wanted,
): Promise<number> {
  const { store, io, by } = run;
  const person = await personMeant(run, who);
  if (typeof person === 'number') return person;
  const shown = shownAs(person);
  const hold = await holdOf(run, person.names);
  if (hold) return refused(run, onHold(shown, hold.reason));
  if (person.isPresent && !althoughPresent) {
    return refused(
      run,
      `${shown} is still in the tenant: the next read would store the account again. Delete it in Entra first, or add --although-present.`,
    );
  }
  if (!isSure) return planned(run, person.names, shown);

  const result = await store.people.erase(person.names, by, systemClock.now(), io.signal);
  if (!result.done) return refused(run, onHold(shown, null));
  const total = Object.values(result.counts).reduce((sum, rows) => sum + rows, 0);
  writeLine(io.stdout, `Erased ${who}: ${count(total, 'row')}. Ledgers call them ${result.pseudonym} now.`);
  for (const [table, rows] of Object.entries(result.counts))
    writeLine(io.stdout, `  ${table}: ${count(rows, 'row')}`);
  if (result.keptForHolds > 0) {
    writeLine(
      io.stdout,
      `${count(result.keptForHolds, 'audit record')} of them stay, as they also name somebody on hold. Erase once more when the hold has ended.`,
    );
  }
  if (!result.isCleared) {
    writeLine(
      io.stdout,
      'The database file may still hold deleted bytes: stop the bot and run “sqlite3 <file> vacuum”.',
    );
  }
  writeLine(
    io.stdout,
    'What a SIEM, Microsoft, posted cards and copies of the database hold is not erased by this.',
  );
  return EXIT_OK;
}

async function planned(
  { store, io }: PersonRun,
  names: Parameters<typeof store.people.rows>[0],
  shown: string,
) {
  const counts = new Map<string, number>();
  for await (const { table } of store.people.rows(names, io.signal))
    counts.set(table, (counts.get(table) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, rows) => sum + rows, 0);
  if (total === 0) {
    writeLine(io.stderr, `Nothing is stored about ${shown}.`);
    return EXIT_FAILURE;
  }
  writeLine(io.stdout, `An erasure of ${shown} would remove or rewrite ${count(total, 'row')}:`);
  for (const [table, rows] of counts) writeLine(io.stdout, `  ${table}: ${count(rows, 'row')}`);
  writeLine(io.stdout, 'Nothing was changed. Add --yes to erase them; nothing brings them back.');
  return EXIT_OK;
}

const onHold = (shown: string, reason: string | null): string =>
  `${shown} is on legal hold${reason === null ? '' : ` (${reason})`}: nothing about them may be erased. End the hold first.`;

function refused({ io }: PersonRun, sentence: string): number {
  writeLine(io.stderr, sentence);
  return EXIT_FAILURE;
}
