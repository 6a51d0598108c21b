import { readFile, rename, writeFile } from 'node:fs/promises';
import type { DataConfig } from '../config/data.ts';
import { type ChainHead, headText } from '../domain/ports/archive.ts';
import { headsBeside } from '../storage/backup/file-names.ts';
import { sqliteFile } from '../storage/database/sqlite-file.ts';

/** Days whose heads are kept: two years. */
const MAX_DAYS = 731;
const LINE = /^(\d{4}-\d{2}-\d{2}) (\d+):([\w-]+)$/;

/**
 * The file in which the head of each day's chain is kept, beside a SQLite database: somebody who changes the
 * database alone cannot take the newest links out without being seen. Null for PostgreSQL, where the log and the
 * SIEM have it.
 */
export function headsFile({ databaseUrl }: DataConfig): string | null {
  const file = sqliteFile(databaseUrl);
  return file === null ? null : headsBeside(file);
}

/** The heads in a file, oldest first; none where there is no file. Throws where it holds something else. */
export async function readHeads(file: string): Promise<(ChainHead & { day: string })[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const found = parseHead(line.slice(line.indexOf(' ') + 1));
      if (found === null || !LINE.test(line))
        throw new Error(`${file} holds a line that is no head of the archive: ${line.slice(0, 80)}`);
      return { ...found, day: line.slice(0, 10) };
    });
}

/** Notes the head of a day in place of the one that was noted for it before. */
export async function noteHead(file: string, day: string, head: ChainHead): Promise<void> {
  const others = (await readHeads(file)).filter((known) => known.day !== day);
  const lines = [...others, { ...head, day }]
    .slice(-MAX_DAYS)
    .map((known) => `${known.day} ${headText(known)}\n`);
  // A crash in the middle leaves the former file as it was.
  await writeFile(`${file}.new`, lines.join(''));
  await rename(`${file}.new`, file);
}

/** Reads what `headText` wrote; null for anything else. */
export function parseHead(text: string): ChainHead | null {
  const found = /^(\d{1,15}):([\w-]{43})$/.exec(text.trim());
  return found ? { seq: Number(found[1]), mac: found[2] ?? '' } : null;
}
