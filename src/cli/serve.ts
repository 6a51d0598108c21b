import process from 'node:process';
import { parseArgs } from 'node:util';
import { compose } from '../app/compose.ts';
import { loadConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { type Command, EXIT_FAILURE, EXIT_OK, reportProblems, reportWarnings } from './command.ts';

/** A stop that takes longer than this is not clean: the platform would kill us anyway. */
const STOP_WITHIN_MS = 9_500;

export const serve: Command = {
  name: 'serve',
  summary: 'run the bot',
  usage: `Usage: license-watch serve

Runs the bot until SIGTERM or Ctrl-C. Settings come from the environment and from env/.env.<TEAMSFX_ENV>;
docs/admin-guide.md lists them. Exit code 2: a setting is wrong, and every problem is listed.`,
  async run(args, io) {
    parseArgs({ args, options: {} });
    const loaded = loadConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    reportWarnings(io, loaded.warnings);
    const stopped = aborted(io.signal);
    void stopped.then(() => setTimeout(() => process.exit(EXIT_FAILURE), STOP_WITHIN_MS).unref());
    const app = await compose(loaded.config);
    try {
      await app.start();
      await stopped;
    } finally {
      await app.stop();
    }
    // A connection that somebody else keeps open would hold the process, and has nothing more to say.
    process.exit(EXIT_OK);
  },
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
