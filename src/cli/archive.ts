import { parseArgs } from 'node:util';
import { headsFile, parseHead, readHeads } from '../app/archive-heads.ts';
import { loadDataConfig } from '../config/config.ts';
import { type DataConfig, storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { count } from '../domain/numerals.ts';
import { type ChainHead, headText, type Verification } from '../domain/ports/archive.ts';
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
import { withDemoDatabase } from './demo/demo-database.ts';

/** As many problems are written in words; `--json` has more. */
const MAX_LISTED = 50;

export const archive: Command = {
  name: 'archive',
  summary: 'prove that the archive of audit records is as it was written',
  usage: `Usage: license-watch archive verify [--head <number:text>] [--json]

Reads every stored audit record and the chain that seals them, and says which records were changed, added or taken
out behind License Watch's back, and of which day. Records that the retention or an erasure removed are kept apart from those.
  --head   a head of the chain from the log or the SIEM: the chain has to hold it. May be given several times
  --json   print what was found as JSON
Set ARCHIVE_KEY as the bot has it: without the key everybody who can write to the database can write the chain, too.
With a SQLite file, the heads in the file beside it are checked as well.
Exit code 1: something does not fit. 2: a setting or an argument is wrong.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { head: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    });
    if (positionals.length !== 1 || positionals[0] !== 'verify') {
      writeLine(io.stderr, 'Say what to do with the archive: license-watch archive verify');
      return EXIT_BAD_INPUT;
    }
    const given = (values.head ?? []).map(parseHead);
    if (given.includes(null)) {
      writeLine(io.stderr, 'Give --head as the log has it: a number, a colon and 43 letters and digits.');
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withDemoDatabase(withEnvFiles('env', io.env), io));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const heads = given.filter((head) => head !== null);
    return verify(loaded.config.data, heads, values.json === true, io);
  },
};

async function verify(
  data: DataConfig,
  given: readonly ChainHead[],
  asJson: boolean,
  io: Io,
): Promise<number> {
  const file = headsFile(data);
  const noted = file === null ? [] : await readHeads(file);
  const store = await openStore(storeOptions(data));
  try {
    const found = await store.archive.verify([...given, ...noted], io.signal);
    const ok = found.problemCount === 0;
    if (asJson) writeLine(io.stdout, JSON.stringify(asDocument(found)));
    else for (const line of inWords(found, data.archiveKeys.length > 0)) writeLine(io.stdout, line);
    return ok ? EXIT_OK : EXIT_FAILURE;
  } finally {
    await store.close();
  }
}

const asDocument = ({ head, problemCount, ...found }: Verification) => ({
  ok: problemCount === 0,
  ...found,
  problemCount,
  head: head === null ? null : headText(head),
});

function inWords(found: Verification, hasKey: boolean): string[] {
  const records = `${count(found.records, 'record')} of ${count(found.days, 'day')}`;
  const removed = found.removed.map(
    ({ policy, records: gone }) => `Removed by ${policy}: ${count(gone, 'record')}.`,
  );
  const end = found.head === null ? [] : [`Head of the chain: ${headText(found.head)}`];
  const listed = found.problems
    .slice(0, MAX_LISTED)
    .map(({ day, detail }) => (day === null ? detail : `${day}: ${detail}`));
  const more = found.problemCount - listed.length;
  const lines =
    found.problemCount === 0
      ? [`The archive is as it was written: ${records}.`, ...removed]
      : [
          `The archive is not as it was written: ${count(found.problemCount, 'problem')}.`,
          ...listed,
          ...(more > 0 ? [`${count(more, 'more problem')}: --json lists up to 1,000.`] : []),
          `As they were written: ${records}.`,
          ...removed,
        ];
  const keyless = hasKey
    ? []
    : [
        'The chain was checked without a key: this finds accidents, not somebody who wrote the chain again. Set ARCHIVE_KEY.',
      ];
  return [...lines, ...keyless, ...end];
}
