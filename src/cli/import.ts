import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadDetections } from '../app/detections.ts';
import { systemClock } from '../app/system-clock.ts';
import { loadDataConfig } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import type { ArchivedEvent } from '../domain/audit/event.ts';
import type { Detector } from '../domain/detection/evaluate.ts';
import { numeral } from '../domain/numerals.ts';
import type { AuditStore } from '../domain/ports/audit.ts';
import { archived } from '../microsoft365/audit/archived.ts';
import { normaliseRecord } from '../microsoft365/bodies/audit/normalise-record.ts';
import { openStore } from '../storage/open-store.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  type Io,
  reportProblems,
  writeLine,
} from './command.ts';
import { parseRecords } from './records/parse-records.ts';

/** Rows that are stored together. */
const CHUNK = 1_000;
/** A text in memory cannot be much longer, bytes. */
const MAX_BYTES = 400_000_000;
/** Of what is refused, so many are listed. */
const MAX_LISTED = 10;

export const importRecords: Command = {
  name: 'import',
  summary: 'bring exported audit records into the archive',
  usage: `Usage: license-watch import <file>...

Reads audit records that somebody exported, and stores those that are missing: each once, however often its file
is imported. Needs the database only; also beside a running bot, which looks again at what it could not explain.
What is read, as JSON, one record a line, or CSV:
  - rows of a search in the Purview portal, and of Search-UnifiedAuditLog, with AuditData as a text
  - the tables AuditLogs and OfficeActivity of Log Analytics
  - directoryAudits of Microsoft Graph, and records of the Management Activity API
A record that cannot be read is refused with its number, and the others are stored.
Exit code 1: some records were refused. 2: a file cannot be read, or an argument is wrong.`,
  async run(args, io) {
    const { positionals: files } = parseArgs({ args, allowPositionals: true });
    if (files.length === 0) {
      writeLine(io.stderr, 'Say which file to import: license-watch import <file>');
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const store = await openStore(storeOptions(loaded.config.data));
    try {
      let worst = EXIT_OK;
      const { watch } = loaded.config;
      const { detector } = await loadDetections(watch.detections, { now: systemClock.now, log: QUIET });
      for (const file of files) worst = Math.max(worst, await importFile(store.audit, detector, file, io));
      return worst;
    } finally {
      await store.close();
    }
  },
};

/** What is wrong with rules, the bot says. */
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** @returns the exit code for this file alone */
async function importFile(audit: AuditStore, detector: Detector, file: string, io: Io): Promise<number> {
  const text = await textOf(file);
  if (!text.ok) {
    writeLine(io.stderr, `${file}: ${text.reason}`);
    return EXIT_BAD_INPUT;
  }
  const parsed = parseRecords(text.content);
  if (!parsed.ok) {
    writeLine(io.stderr, `${file}: ${parsed.reason}`);
    return EXIT_BAD_INPUT;
  }
  const { rows } = parsed;
  const refused: string[] = [];
  let added = 0;
  for (let from = 0; from < rows.length && !io.signal.aborted; from += CHUNK) {
    const events: ArchivedEvent[] = [];
    const now = systemClock.now();
    for (const [index, row] of rows.slice(from, from + CHUNK).entries()) {
      const taken = normaliseRecord(row, null);
      if (taken.ok) events.push(archived(row, taken.event.source, () => taken, now));
      else refused.push(`record ${from + index + 1}: ${taken.reason}`);
    }
    added += await audit.append(events, now, [], detector);
    if (io.stderr.isTTY)
      io.stderr.write(`\r${numeral(Math.min(from + CHUNK, rows.length))} of ${numeral(rows.length)} records`);
  }
  if (io.stderr.isTTY) io.stderr.write('\n');
  if (io.signal.aborted) {
    writeLine(
      io.stderr,
      `${file}: stopped. What was read until now is stored; import the file again for the rest.`,
    );
    return EXIT_FAILURE;
  }
  const read = rows.length - refused.length;
  writeLine(io.stdout, `${file}: ${numeral(read)} audit records read, ${numeral(added)} of them new.`);
  for (const sentence of refused.slice(0, MAX_LISTED)) writeLine(io.stderr, `${file}, ${sentence}`);
  const more = refused.length - MAX_LISTED;
  if (more > 0) writeLine(io.stderr, `${file}: ${numeral(more)} more were refused.`);
  return refused.length === 0 ? EXIT_OK : EXIT_FAILURE;
}

async function textOf(file: string): Promise<{ ok: true; content: string } | { ok: false; reason: string }> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return { ok: false, reason: 'This is a folder. Name the files in it.' };
    if (found.size > MAX_BYTES) return { ok: false, reason: 'The file is too large. Export shorter times.' };
    return { ok: true, content: await readFile(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return {
      ok: false,
      reason: code === 'ENOENT' ? 'There is no such file.' : `It cannot be read (${code}).`,
    };
  }
}
