import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadDataConfig } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { createDetector, type Firing } from '../domain/detection/evaluate.ts';
import { createViewer } from '../domain/detection/records/view-of.ts';
import { readRules } from '../rule-files/read-rules.ts';
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
import { archiveRecords, fileRecords, type Records } from './detect/records.ts';
import { reportRuleProblems } from './detect/report-problems.ts';
import { runOver } from './detect/run-over.ts';
import { createTally } from './detect/summary.ts';
import { instantOf } from './iso-time.ts';

const ARCHIVE = 'archive';

type Wanted = {
  folder: string;
  on: string;
  /** ms UTC, half open: firings outside are not shown. */
  range: { from: number; to: number };
  values: string | null;
  json: boolean;
};

/** The dry run of detections. */
export const detect: Command = {
  name: 'detect',
  summary: 'what rules would have fired on records of a file, or of the archive',
  usage: `Usage: license-watch detect <rules folder> --on <records.ndjson>|archive [--from <date>] [--to <date>]
       [--values <file>] [--json]

Says what the Sigma rules of a folder would have fired on: how often, about which people, on which days. Nobody is alerted.
  --on        a file with one audit record a line (Management Activity API or directoryAudits of Graph), - for
              the standard input; or "archive": what License Watch has collected
  --from      only what fired from this day or instant on, UTC, as 2026-11-01 or 2026-11-01T08:00:00Z
  --to        the end, not included
  --values    a YAML file with the values of placeholders (%name%), besides values.yml in the folder
  --json      one JSON object a firing, one a line: rule, class, level, title, records, labels
Our own rules are in the folder detections. What is wrong with rules and records is said on standard error.
Exit code 0, whether or not something fired. 1: no record could be read. 2: the folder or the file is not there, the
folder has no rule, or an argument is wrong.`,
  async run(args, io) {
    const wanted = read(args);
    if (typeof wanted === 'string') {
      writeLine(io.stderr, wanted);
      return EXIT_BAD_INPUT;
    }
    const missing = await missingOf(wanted);
    if (missing !== null) {
      writeLine(io.stderr, missing);
      return EXIT_BAD_INPUT;
    }
    if (wanted.on !== ARCHIVE) return dryRun(wanted, fileRecords(wanted.on, io), io);
    const loaded = loadDataConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const store = await openStore(storeOptions(loaded.config.data));
    try {
      return await dryRun(wanted, archiveRecords(store.audit, wanted.range), io);
    } finally {
      await store.close();
    }
  },
};

/** What the arguments ask for, or a sentence that says what is wrong with them. */
function read(args: string[]): Wanted | string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      on: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      values: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0)
    return 'Say which folder has the rules: license-watch detect <folder>';
  if (values.on === undefined) return 'Say on what: --on <records.ndjson>, or --on archive.';
  const from = values.from === undefined ? Number.NEGATIVE_INFINITY : instantOf(values.from);
  const to = values.to === undefined ? Number.POSITIVE_INFINITY : instantOf(values.to);
  if (!(from < to)) return 'Give --from and --to as dates in UTC, the earlier one first.';
  return {
    folder,
    on: values.on,
    range: { from, to },
    values: values.values ?? null,
    json: values.json ?? false,
  };
}

async function missingOf({ folder, on, values }: Wanted): Promise<string | null> {
  const files = [folder, ...(on === ARCHIVE || on === '-' ? [] : [on]), ...(values === null ? [] : [values])];
  for (const file of files) {
    try {
      await stat(file);
    } catch {
      return `${file}: there is no such file or folder.`;
    }
  }
  return null;
}

async function dryRun(wanted: Wanted, records: Records, io: Io): Promise<number> {
  const ruleSet = await readRules([wanted.folder], wanted.values);
  reportRuleProblems(ruleSet, io);
  if (ruleSet.events.length + ruleSet.correlations.length === 0) {
    writeLine(io.stderr, `${wanted.folder} has no rule that can be read.`);
    return EXIT_BAD_INPUT;
  }
  const tally = createTally();
  const show = ({
    rule,
    class: ruleClass,
    level,
    title,
    records: ids,
    labels,
    at,
  }: Firing): string | null => {
    if (at < wanted.range.from || at >= wanted.range.to) return null;
    if (wanted.json) return JSON.stringify({ rule, class: ruleClass, level, title, records: ids, labels });
    tally.add({ rule, class: ruleClass, level, title, records: ids, labels, at });
    return null;
  };
  const read = await runOver(createDetector(ruleSet, createViewer()), records, show, io);
  if (!wanted.json) writeLine(io.stdout, tally.lines(ruleSet, read).join('\n'));
  return read.records === 0 && read.unreadable > 0 ? EXIT_FAILURE : EXIT_OK;
}
