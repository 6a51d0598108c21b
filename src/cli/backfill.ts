import { parseArgs } from 'node:util';
import { compose } from '../app/compose.ts';
import { loadConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { TenantReadError } from '../domain/ports.ts';
import {
  type Command,
  EXIT_BAD_INPUT,
  EXIT_FAILURE,
  EXIT_OK,
  reportProblems,
  reportWarnings,
  writeLine,
} from './command.ts';
import { instantOf } from './iso-time.ts';

export const backfill: Command = {
  name: 'backfill',
  summary: 'bring older audit records into the archive',
  usage: `Usage: license-watch backfill --from <date> --to <date>

Searches Purview's audit log for records of Entra and stores those that are missing. For times before the bot
was there, or when it was down for more than seven days. A search takes minutes to hours; only one should run.
Needs the permission AuditLogsQuery-Entra.Read.All, which nothing else needs.
  --from   first day or instant, UTC, as 2026-11-01 or 2026-11-01T08:00:00Z
  --to     the end, not included
Exit code 1: the search failed, or did not give out everything.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } });
    const window = { from: instantOf(values.from), to: instantOf(values.to) };
    if (!(window.from < window.to)) {
      writeLine(io.stderr, 'Give --from and --to as dates in UTC, the earlier one first.');
      return EXIT_BAD_INPUT;
    }
    const loaded = loadConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    reportWarnings(io, loaded.warnings);
    const app = await compose(loaded.config, { logTo: 'stderr' });
    try {
      const { added, truncated } = await app.backfill(window, io.signal);
      writeLine(io.stdout, `${added} audit records were new.`);
      for (const { from, to } of truncated) {
        writeLine(
          io.stderr,
          `Not everything came from ${dateOf(from)} to ${dateOf(to)}: there are too many. Ask for shorter times.`,
        );
      }
      return truncated.length > 0 ? EXIT_FAILURE : EXIT_OK;
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      writeLine(io.stderr, error.message);
      return EXIT_FAILURE;
    } finally {
      await app.stop();
    }
  },
};

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 16);
