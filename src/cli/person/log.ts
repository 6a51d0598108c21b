import { count } from '../../domain/numerals.ts';
import { EXIT_OK, writeLine } from '../command.ts';
import type { PersonRun } from './run.ts';

/** Shows who did what with what is stored about people, newest first. */
export async function showLog({ store, io }: PersonRun, asJson: boolean): Promise<number> {
  const entries = await store.people.log();
  if (asJson) writeLine(io.stdout, JSON.stringify(entries));
  else if (entries.length === 0) writeLine(io.stdout, 'Nobody was exported, erased or put on hold yet.');
  for (const { at, act, person, by, counts, reason } of asJson ? [] : entries) {
    const rows = Object.values(counts).reduce((sum, some) => sum + some, 0);
    const details = [rows > 0 ? count(rows, 'row') : null, reason].filter((detail) => detail !== null);
    const end = details.length > 0 ? `  ${details.join(', ')}` : '';
    writeLine(io.stdout, `${new Date(at).toISOString()}  ${act}  ${person}  by ${by}${end}`);
  }
  return EXIT_OK;
}
