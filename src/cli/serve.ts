import process from 'node:process';
import { compose } from '../compose.ts';
import { loadConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { type Command, EXIT_OK, reportProblems } from './command.ts';

/** A stop that takes longer than this is not clean: the platform would kill us anyway. */
const STOP_WITHIN_MS = 9_500;

export const serve: Command = {
  name: 'serve',
  summary: 'run the bot',
  usage: `Usage: license-watch serve

Runs the bot until SIGTERM or Ctrl-C. Settings come from the environment and from env/.env.<TEAMSFX_ENV>;
docs/admin-guide.md lists them. Exit code 2: a setting is wrong, and every problem is listed.`,
  async run(_args, io) {
    const loaded = loadConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    const app = await compose(loaded.config);
    await app.start();
    if (!io.signal.aborted) {
      await new Promise<void>((resolve) =>
        io.signal.addEventListener('abort', () => resolve(), { once: true }),
      );
    }
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await app.stop();
    return EXIT_OK;
  },
};
