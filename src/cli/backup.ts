import { existsSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadDataConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { numeral } from '../domain/numerals.ts';
import { copyDatabase } from '../storage/backup/copy-file.ts';
import { headsBeside, timeInName } from '../storage/backup/file-names.ts';
import type { FileContents } from '../storage/backup/look-into.ts';
import { sqliteFile } from '../storage/database/sqlite-file.ts';
import { StorageError } from '../storage/database/storage-error.ts';
import { dumpPostgres } from './backup/postgres-dump.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'copy the database while the bot runs, and check the copy',
  usage: `Usage: license-watch backup <file or folder> [--json]

Copies the database, also while the bot writes to it: the copy is the database as it was at one moment, with
everything that was committed before. It is opened and checked before it appears under its name; in a folder it gets
a name with the time. What is set in chat is in it. The settings of the environment, and ARCHIVE_KEY, are not: keep those
elsewhere, apart from it.
SQLite: a file that "license-watch restore" takes, and the heads of the archive beside it as <file>.heads.
PostgreSQL: runs pg_dump (custom format), or says how, where it is not installed.
  --json   print what is in the copy as JSON
Exit code 1: no backup was made. 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [place, ...rest] = positionals;
    if (place === undefined || rest.length > 0) {
      writeLine(io.stderr, `Say where to: license-watch backup <file or folder>`);
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const { databaseUrl } = loaded.config.data;
    const source = sqliteFile(databaseUrl);
    const target = targetOf(place, source === null ? 'dump' : 'db');
    if (existsSync(target)) {
      writeLine(io.stderr, `${target} is there already. Choose another name: a backup overwrites nothing.`);
      return EXIT_FAILURE;
    }
    if (source === null) return dumpPostgres(databaseUrl, target, io);
    return copySqlite(source, target, values.json, io);
  },
};

const targetOf = (place: string, extension: string): string =>
  place.endsWith('/') || (existsSync(place) && statSync(place).isDirectory())
    ? path.join(place, `license-watch-${timeInName(Date.now())}.${extension}`)
    : place;

async function copySqlite(source: string, target: string, asJson: boolean, io: Io): Promise<number> {
  if (!existsSync(source)) {
    writeLine(io.stderr, `There is no database ${source}. Set DATABASE_URL as the bot has it.`);
    return EXIT_FAILURE;
  }
  try {
    // The heads first: the chain in the copy then has them all.
    const heads = headsBeside(source);
    if (existsSync(heads)) await copyFile(heads, headsBeside(target));
    const contents = await copyDatabase(source, target);
    if (contents === null) throw new Error('the copy was dropped');
    writeLine(io.stdout, asJson ? JSON.stringify({ file: target, ...contents }) : saidOf(target, contents));
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    writeLine(io.stderr, error.message);
    return EXIT_FAILURE;
  }
}

const saidOf = (target: string, contents: FileContents): string =>
  `Backed up to ${target}, ${numeral(statSync(target).size)} bytes, and checked.\n${inWords(contents)}`;

/** What a file holds, a line a kind of row. */
export const inWords = ({ form, rows }: FileContents): string =>
  [
    `  form ${form}`,
    ...Object.entries(rows).map(([table, number]) => `  ${numeral(number)} in ${table}`),
  ].join('\n');
