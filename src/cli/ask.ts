import { parseArgs } from 'node:util';
import type { PageWanted } from '../answers/answer/page-wanted.ts';
import { FIRST_PAGE } from '../answers/answer/paging.ts';
import { type AskDeps, type Asked, createAskWithQuery } from '../answers/ask.ts';
import { loadIncidentView } from '../answers/incident.ts';
import { createScopedStores } from '../answers/scope/scoped-store.ts';
import { spendFacts } from '../app/price-list-file.ts';
import { loadProductNames } from '../app/product-names-file.ts';
import { readinessLimits } from '../app/readiness.ts';
import { retentionFacts, retentionOf } from '../app/retention-file.ts';
import { routingDefaults } from '../app/routing-defaults.ts';
import { systemClock } from '../app/system-clock.ts';
import { loadDataConfig, type StoredDataConfig } from '../config/config.ts';
import { storeOptions } from '../config/data.ts';
import { withEnvFiles } from '../config/env-files.ts';
import type { Store } from '../domain/ports.ts';
import { indexDirectory } from '../language/names/directory-index.ts';
import type { Intent } from '../language/query.ts';
import { createLogger, type Logger } from '../observability/logger.ts';
import { createRoutesSource } from '../route-files/routes-source.ts';
import { openStore } from '../storage/open-store.ts';
import { askingModel } from '../teams/model/asking-model.ts';
import { answerText } from './answer-text.ts';
import { type Command, EXIT_BAD_INPUT, EXIT_OK, type Io, reportProblems, writeLine } from './command.ts';
import { withDemoDatabase } from './demo/demo-database.ts';
import { type FileDirectory, readDirectoryFile } from './directory-file.ts';
import { explained, explainedText } from './explain.ts';
import { queryJson } from './query-json.ts';
import { understandLines } from './understand-lines.ts';

const DEFAULT_WIDTH = 100;

/** For programs, which read on without anybody pressing a button. */
const ROWS_AS_JSON = 1_000;

export const ask: Command = {
  name: 'ask',
  summary: 'the chat’s answer in the terminal',
  usage: `Usage: license-watch ask "<text>" [--page <n>] [--as <n>] [--json]
       license-watch ask --explain "<text>" [--directory <file>] [--json]
       license-watch ask --understand --directory <file> [--now <ISO time>]

Answers a question about licenses from the database, as the bot does in the chat.
  --page         which page of a long list, from 1: 20 rows each, with --json 1,000
  --as           which reading of a sentence that is not clear, by its number in “Did you mean …?”
  --json         print {"query", "answer"} as JSON; "answer.paging" tells how many pages there are
  --explain      print how the text is read: its words and names, the three likeliest intents and what weighed most
                 for each; names are those of --directory, else of the database
  --understand   read sentences from stdin, a line each, and print the query of each as one JSON line;
                 no database is needed
  --directory    the users, SKUs and groups to find names in, as a JSON file
  --now          the time that "yesterday" is relative to; else the file's, else the clock's
Exit code 2: a setting, an argument or the directory file is wrong.`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        page: { type: 'string', default: '1' },
        as: { type: 'string' },
        understand: { type: 'boolean' },
        explain: { type: 'boolean' },
        directory: { type: 'string' },
        now: { type: 'string' },
      },
    });
    if (values.understand) return understandStdin(values.directory, values.now, io);
    const text = positionals.join(' ').trim();
    if (text === '') {
      writeLine(io.stderr, 'Ask something, for example: license-watch ask "who changed Rick’s license"');
      return EXIT_BAD_INPUT;
    }
    if (values.explain && values.directory !== undefined) {
      return explainFromFile(
        text,
        { path: values.directory, said: values.now, json: values.json === true },
        io,
      );
    }
    const number = Number(values.page);
    if (!Number.isInteger(number) || number < 1) {
      writeLine(io.stderr, `“${values.page}” is no page: they are numbered from 1.`);
      return EXIT_BAD_INPUT;
    }
    const reading = values.as === undefined ? null : Number(values.as);
    if (reading !== null && (!Number.isInteger(reading) || reading < 1)) {
      writeLine(io.stderr, `“${values.as}” is no reading: they are numbered from 1.`);
      return EXIT_BAD_INPUT;
    }
    const loaded = loadDataConfig(withDemoDatabase(withEnvFiles('env', io.env), io));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const { data, watch, spend, model, log } = loaded.config;
    const logger = createLogger({ level: log.level, to: 'stderr' });
    await loadProductNames(spend.productNames, logger);
    const store = await openStore(storeOptions(data));
    try {
      const now = systemClock.now();
      if (values.explain) {
        const { index } = await createScopedStores(store)(null).directory();
        const read = explained(text, { now, timeZone: watch.timeZone }, index);
        writeLine(io.stdout, values.json ? JSON.stringify(read) : explainedText(read));
        return EXIT_OK;
      }
      const page = { number, size: values.json ? ROWS_AS_JSON : FIRST_PAGE.size };
      const ask = askStore(store, now, watch.timeZone, page, {
        ...askingModel(model, logger),
        spend: spendFacts(spend),
        limits: readinessLimits(watch),
        auditRetentionDays: data.auditRetentionDays,
        retention: retentionFacts(() => retentionOf(data.retentionPath, data.auditRetentionDays), store),
        routing: routingFacts(loaded.config, store, now, logger),
      });
      const asked = await inReading(reading, await ask(text), ask);
      writeLine(io.stdout, values.json ? askedJson(asked) : askedText(asked, now, watch.timeZone, io));
      return EXIT_OK;
    } finally {
      await store.close();
    }
  },
};

/** The routes of the settings, for a question: only the running bot keeps what was good last. */
function routingFacts(
  { routing, watch }: StoredDataConfig,
  { routes }: Store,
  now: number,
  log: Logger,
): NonNullable<AskDeps['routing']> {
  const kept = { lastGood: () => routes.lastGood(), keepGood: async () => undefined };
  const defaults = routingDefaults(routing, watch);
  const source = createRoutesSource({ path: routing.path, defaults, kept, now: () => now, log });
  return async () => ({ routes: await source.current(), escalateAfterMs: routing.escalateAfterMs });
}

/** The answer from a store. `now` is ms UTC; the terminal's user is nobody in the tenant, so "me" means nobody. */
function askStore(
  store: Store,
  now: number,
  timeZone: string,
  page: PageWanted,
  told: Pick<AskDeps, 'interpret' | 'spend' | 'limits' | 'auditRetentionDays' | 'retention' | 'routing'>,
): AskTerminal {
  const ask = createAskWithQuery({
    store,
    search: store.search,
    now: () => now,
    timeZone,
    incidentView: (id, { sees }) => loadIncidentView(store, id, { now, sees }),
    ...told,
  });
  const by = { userId: null, timeZone: null, sees: null, acts: null, mayAudit: 'yes' as const };
  return (text, intent) => ask(text, by, { page, ...(intent ? { intent } : {}) });
}

type AskTerminal = (text: string, intent?: Intent) => Promise<Asked>;

/** The answer to the reading that `--as` names, counted from 1; as it is where there is no such reading. */
async function inReading(number: number | null, asked: Asked, ask: AskTerminal): Promise<Asked> {
  const offered = asked.answer.blocks.flatMap((block) => (block.kind === 'readings' ? block.readings : []));
  const chosen = number === null ? undefined : offered[number - 1];
  return chosen ? ask(chosen.ask, chosen.intent) : asked;
}

const askedJson = ({ query, answer }: Asked): string => JSON.stringify({ query: queryJson(query), answer });

function askedText({ answer }: Asked, now: number, timeZone: string, { stdout }: Pick<Io, 'stdout'>): string {
  const terminal = stdout as Io['stdout'] & { isTTY?: boolean; columns?: number };
  return answerText(answer, {
    now,
    timeZone,
    width: terminal.columns ?? DEFAULT_WIDTH,
    colour: terminal.isTTY === true,
  });
}

async function understandStdin(path: string | undefined, said: string | undefined, io: Io): Promise<number> {
  if (path === undefined) {
    writeLine(io.stderr, 'Say where the names are: --understand --directory <file>.');
    return EXIT_BAD_INPUT;
  }
  const file = await readNames(path, said, io);
  if (file === null) return EXIT_BAD_INPUT;
  await understandLines(file, file.now, io);
  return EXIT_OK;
}

async function explainFromFile(
  text: string,
  { path, said, json }: { path: string; said: string | undefined; json: boolean },
  io: Io,
): Promise<number> {
  const file = await readNames(path, said, io);
  if (file === null) return EXIT_BAD_INPUT;
  const read = explained(text, file, indexDirectory(file.directory));
  writeLine(io.stdout, json ? JSON.stringify(read) : explainedText(read));
  return EXIT_OK;
}

/** The names of a file, and the time that sentences are relative to; null, and a line that says why, where there are none. */
async function readNames(
  path: string,
  said: string | undefined,
  io: Io,
): Promise<(FileDirectory & { now: number }) | null> {
  const given = said === undefined ? null : Date.parse(said);
  if (given !== null && Number.isNaN(given)) {
    writeLine(io.stderr, `“${said}” is no ISO time, such as 2026-11-23T10:30:00Z.`);
    return null;
  }
  try {
    const file = await readDirectoryFile(path);
    return { ...file, now: given ?? file.now ?? systemClock.now() };
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    writeLine(io.stderr, `The directory file ${path} cannot be read: ${why}`);
    return null;
  }
}
