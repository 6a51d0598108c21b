import { parseArgs } from 'node:util';
import { FORMATS, type Format } from '../answers/answer/export-request.ts';
import type { Lines } from '../answers/export/lines.ts';
import { archiveProof } from '../answers/export/proof.ts';
import type { Circumstances } from '../answers/export/table.ts';
import { spendFacts } from '../app/price-list-file.ts';
import { loadProductNames } from '../app/product-names-file.ts';
import { systemClock } from '../app/system-clock.ts';
import { loadDataConfig, type StoredDataConfig } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import type { Store } from '../domain/ports.ts';
import { createLogger } from '../observability/logger.ts';
import { openStore } from '../storage/open-store.ts';
import { type Command, EXIT_BAD_INPUT, EXIT_OK, type Io, reportProblems, writeLine } from './command.ts';
import { withDemoDatabase } from './demo/demo-database.ts';
import { auditFrom, type FileLines, linesOfQuestion } from './export/question.ts';
import { linesOfCase } from './export/support-case.ts';
import { linesOfTable, TABLE_NAMES } from './export/table.ts';
import { instantOf } from './iso-time.ts';
import { writeLines } from './write-lines.ts';

const SUPPORT_CASE = 'support-case';

/** What is exported, how, and of which time; without a range the question says which. */
type Wanted = {
  what: string;
  format: Format;
  range: { from: number; to: number } | null;
  incidentId?: string;
};

export const exportRows: Command = {
  name: 'export',
  summary: 'write the decision log, the changes, the audit records or the answer to a question as a file',
  usage: `Usage: license-watch export decisions|changes|audit|sentences [--format csv|ndjson] [--from <date>] [--to <date>]
       license-watch export "<question>" [--format csv|ndjson]
       license-watch export support-case --incident <id> [--format csv|ndjson]

Writes rows from the database to standard output, however many there are. After audit records, standard error says which
head of the archive covers them: “archive verify --head …” checks it later.
  decisions   who decided what, when, for which users, and what came of it; nothing was ever changed or removed
  changes     every license change seen, with what is known of its cause
  audit       the audit records that the archive keeps
  sentences   what was typed in the chat and not understood, or not clear: what was offered, what was chosen. Names
              and unknown words are _ in it, and who asked is not kept
  "<question>"  the list that answers it, as in the chat: "lost licenses last month", "who has Visio", "free seats"
  support-case  all that a case at Microsoft needs of one incident: users before and after, changes, audit records,
              coverage of the logs, Microsoft's incidents, decisions; times in UTC
  --format    csv (the default): for spreadsheets, with a byte order mark; a cell that a spreadsheet would take
              for a formula begins with an apostrophe. ndjson: one JSON object a line, with all there is
  --from      first day or instant, UTC, as 2026-11-01 or 2026-11-01T08:00:00Z; else from the beginning
  --to        the end, not included; else now
Everybody who may read the database can read all of it: roles and administrative units are the chat's.
Exit code 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const wanted = read(args, systemClock.now());
    if (typeof wanted === 'string') {
      writeLine(io.stderr, wanted);
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withDemoDatabase(withEnvFiles('env', io.env), io));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    return write(wanted, loaded.config, io);
  },
};

/** What the arguments ask for, or a sentence that says what is wrong with them. */
function read(args: string[], now: number): Wanted | string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      incident: { type: 'string' },
      format: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
  });
  const [what = '', ...rest] = positionals;
  if (what === '' || rest.length > 0) {
    return `Say what to export: one of ${TABLE_NAMES.join(', ')}, or a question in quotes.`;
  }
  const format = FORMATS.find((known) => known === (values.format ?? 'csv'));
  if (!format) return `--format is one of: ${FORMATS.join(', ')}.`;
  if (what === SUPPORT_CASE) {
    const { incident } = values;
    return incident === undefined
      ? 'Say which incident: --incident <id>, as “export "open incidents"” lists them.'
      : { what, format, range: null, incidentId: incident };
  }
  if (values.incident !== undefined) return `--incident goes with ${SUPPORT_CASE}.`;
  if (!TABLE_NAMES.includes(what)) {
    if (values.from === undefined && values.to === undefined) return { what, format, range: null };
    return `--from and --to go with one of ${TABLE_NAMES.join(', ')}; a question says its time itself.`;
  }
  const from = values.from === undefined ? 0 : instantOf(values.from);
  // What was written at this very moment is part of what there is now.
  const to = values.to === undefined ? now + 1 : instantOf(values.to);
  if (!(from < to)) return 'Give --from and --to as dates in UTC, the earlier one first.';
  return { what, format, range: { from, to } };
}

async function write(
  { what, format, range, incidentId }: Wanted,
  config: StoredDataConfig,
  io: Io,
): Promise<number> {
  await loadProductNames(config.spend.productNames, createLogger({ level: config.log.level, to: 'stderr' }));
  const store = await openStore(storeOptions(config.data));
  const circumstances = { now: systemClock.now(), spend: spendFacts(config.spend) };
  try {
    const file = incidentId
      ? ofArchive(await linesOfCase(store, incidentId, format, circumstances))
      : range
        ? linesOfRange(store, what, range, format, circumstances)
        : await linesOfQuestion(store, what, format, { ...circumstances, timeZone: config.watch.timeZone });
    if (typeof file === 'string') {
      writeLine(io.stderr, file);
      return EXIT_BAD_INPUT;
    }
    const written = await writeLines(file.lines, io);
    if (io.stderr.isTTY) writeLine(io.stderr, `${written} rows`);
    if (file.ofArchive && written > 0)
      writeLine(io.stderr, await archiveProof(store.archive, systemClock.now()));
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

const ofArchive = (lines: AsyncIterable<Lines> | string): FileLines | string =>
  typeof lines === 'string' ? lines : { lines, ofArchive: true };

function linesOfRange(
  store: Store,
  what: string,
  range: { from: number; to: number },
  format: Format,
  circumstances: Circumstances,
): FileLines | string {
  const lines = linesOfTable(store, what, range, format, { ...circumstances, audit: auditFrom(store) });
  return typeof lines === 'string' ? lines : { lines, ofArchive: what === 'audit' };
}
