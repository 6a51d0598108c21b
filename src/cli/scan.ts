import { parseArgs } from 'node:util';
import { compose } from '../app/compose.ts';
import { loadConfig } from '../config/config.ts';
import { withEnvFiles } from '../config/env-files.ts';
import { numeral } from '../domain/numerals.ts';
import { type Command, EXIT_FAILURE, EXIT_OK, reportProblems, reportWarnings, writeLine } from './command.ts';

export const scanOnce: Command = {
  name: 'scan',
  summary: 'read the tenant once',
  usage: `Usage: license-watch scan [--full] [--json]

Reads the tenant once and records what changed. Cards are sent by the running bot, not by this command.
  --full   read every user, also when a quick scan would do
  --json   print the record of the scan as JSON
Exit code 1: the read was incomplete, and nothing was changed.`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { full: { type: 'boolean' }, json: { type: 'boolean' } } });
    const loaded = loadConfig(withEnvFiles('env', io.env));
    if (!loaded.ok) return reportProblems(io, loaded.problems);
    reportWarnings(io, loaded.warnings);
    const app = await compose(loaded.config, { logTo: 'stderr' });
    try {
      const record = await app.scanOnce({ kind: values.full ? 'full' : 'delta' }, io.signal);
      if (record === null) {
        writeLine(
          io.stderr,
          'Another process runs the jobs on this database; ask it for “scan now”, or stop it first.',
        );
        return EXIT_FAILURE;
      }
      writeLine(
        io.stdout,
        values.json
          ? JSON.stringify(record)
          : `${record.kind} scan ${record.outcome}: ${numeral(record.usersRead)} users read, ${numeral(record.changes)} changes.${record.reason ? ` ${record.reason}` : ''}`,
      );
      return record.outcome === 'incomplete' ? EXIT_FAILURE : EXIT_OK;
    } finally {
      await app.stop();
    }
  },
};
