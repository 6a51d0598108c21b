import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadDataConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { restoreFile } from '../storage/backup/restore-file.ts';
import { sqliteFile } from '../storage/database/sqlite-file.ts';
import { StorageError } from '../storage/database/storage-error.ts';
import { apart, restoreHint } from './backup/postgres-dump.ts';
import { inWords } from './backup.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup in the place of the database, while the bot is stopped',
  usage: `Usage: license-watch restore <file>

Puts a file of "license-watch backup", or a copy that was made before an upgrade, in the place of the SQLite database.
It is checked first: a damaged file, or one that a newer version has changed, is refused, and so is all of it while
anything has the database open. The present database stays beside it as <database>.before-restore-<time>.
What happened in the tenant since the backup is found by the next scan. Cards that were posted since may come again.
PostgreSQL: says what to run with pg_restore, into a database of its own.
Exit code 1: nothing was changed. 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
    const [from, ...rest] = positionals;
    if (from === undefined || rest.length > 0) {
      writeLine(io.stderr, 'Say which backup: license-watch restore <file>');
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const { databaseUrl } = loaded.config.data;
    const file = sqliteFile(databaseUrl);
    if (!existsSync(from)) {
      writeLine(io.stderr, `There is no file ${from}.`);
      return EXIT_FAILURE;
    }
    if (file !== null) return putBack(from, file, io);
    writeLine(io.stderr, `Nothing was changed.\n${restoreHint(apart(databaseUrl).url, from)}`);
    return EXIT_FAILURE;
  },
};

async function putBack(from: string, file: string, io: Io): Promise<number> {
  try {
    const restored = await restoreFile(from, file, Date.now());
    writeLine(io.stdout, `Restored ${file} from ${from}, and checked.\n${inWords(restored)}`);
    if (restored.keptAside !== null)
      writeLine(io.stdout, `The former database is ${restored.keptAside}. Remove it when all is well.`);
    if (restored.pending.length > 0)
      writeLine(io.stdout, 'It is of an earlier version: the next start brings it to the form of this one.');
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    writeLine(io.stderr, `Nothing was changed. ${error.message}`);
    return EXIT_FAILURE;
  }
}
