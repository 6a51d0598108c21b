import { parseArgs } from 'node:util';
import { loadDataConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { openStore } from '../storage/open-store.ts';
import { systemClock } from '../system-clock.ts';
import { type Command, EXIT_BAD_INPUT, EXIT_OK, type Io, reportProblems, writeLine } from './command.ts';
import { auditTable } from './export/audit.ts';
import { changesTable } from './export/changes.ts';
import { decisionsTable } from './export/decisions.ts';
import type { ExportTable, Range } from './export/table.ts';
import { FORMATS, type Format, writeRows } from './export/write-rows.ts';
import { instantOf } from './iso-time.ts';

const TABLES: ReadonlyMap<string, ExportTable> = new Map([
  ['decisions', decisionsTable],
  ['changes', changesTable],
  ['audit', auditTable],
]);

/** What is exported, how, and of which time. */
type Wanted = { table: ExportTable; name: string; format: Format; range: Range };

export const exportRows: Command = {
  name: 'export',
  summary: 'write the decision log, the changes or the audit records as CSV or NDJSON',
  usage: `Usage: license-watch export decisions|changes|audit [--format csv|ndjson] [--from <date>] [--to <date>]

Writes rows from the database to standard output, oldest first, however many there are.
  decisions   who decided what, when, for whom, and what came of it; nothing was ever changed or removed
  changes     every license change seen, with what is known of its cause
  audit       the audit records that the archive keeps
  --format    csv (the default): for spreadsheets, with a byte order mark; a cell that a spreadsheet would take
              for a formula begins with an apostrophe. ndjson: one JSON object a line, with all there is
  --from      first day or instant, UTC, as 2026-11-01 or 2026-11-01T08:00:00Z; else from the beginning
  --to        the end, not included; else now
Whoever may read the database may read all of it: roles and administrative units are the chat's.
Exit code 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const wanted = read(args, systemClock.now());
    if (typeof wanted === 'string') {
      writeLine(io.stderr, wanted);
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    return write(wanted, loaded.config.data.databaseUrl, io);
  },
};

/** What the arguments ask for, or a sentence that says what is wrong with them. */
function read(args: string[], now: number): Wanted | string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  });
  const [name = '', ...rest] = positionals;
  const table = TABLES.get(name);
  if (!table || rest.length > 0) return `Say what to export, one of: ${[...TABLES.keys()].join(', ')}.`;
  const format = FORMATS.find((known) => known === (values.format ?? 'csv'));
  if (!format) return `--format is one of: ${FORMATS.join(', ')}.`;
  const from = values.from === undefined ? 0 : instantOf(values.from);
  // What was written at this very moment is part of what there is now.
  const to = values.to === undefined ? now + 1 : instantOf(values.to);
  if (!(from < to)) return 'Give --from and --to as dates in UTC, the earlier one first.';
  return { table, name, format, range: { from, to } };
}

async function write({ table, name, format, range }: Wanted, databaseUrl: string, io: Io): Promise<number> {
  const store = await openStore({ url: databaseUrl });
  try {
    const written = await writeRows(table.columns, table.rows(store, range), format, io);
    if (io.stderr.isTTY) writeLine(io.stderr, `${written} rows of ${name}`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}
