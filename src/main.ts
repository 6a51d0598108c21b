#!/usr/bin/env node
/** The command line: picks a command, nothing else. */
import { enableCompileCache } from 'node:module';
import process from 'node:process';
import { type Command, EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_OK, type Io, writeLine } from './cli/command.ts';

/** Loaded when asked for, so that a short command starts fast. */
const COMMANDS: Record<string, { summary: string; load: () => Promise<Command> }> = {
  serve: { summary: 'run the bot', load: async () => (await import('./cli/serve.ts')).serve },
  demo: {
    summary: 'live the morning five licenses vanished: simulated tenant, bot and Agents Playground',
    load: async () => (await import('./cli/demo.ts')).demo,
  },
  setup: {
    summary: 'make the app registration, its permissions and the settings, or print how',
    load: async () => (await import('./cli/setup.ts')).setup,
  },
  doctor: {
    summary: 'try every permission, credential, log, channel and database, and say what is wrong',
    load: async () => (await import('./cli/doctor.ts')).doctor,
  },
  scan: { summary: 'read the tenant once', load: async () => (await import('./cli/scan.ts')).scanOnce },
  backfill: {
    summary: 'bring older audit records into the archive',
    load: async () => (await import('./cli/backfill.ts')).backfill,
  },
  ask: { summary: 'the chat’s answer in the terminal', load: async () => (await import('./cli/ask.ts')).ask },
  export: {
    summary: 'write the decision log, the changes or the audit records as CSV or NDJSON',
    load: async () => (await import('./cli/export.ts')).exportRows,
  },
  import: {
    summary: 'bring exported audit records into the archive',
    load: async () => (await import('./cli/import.ts')).importRecords,
  },
  archive: {
    summary: 'prove that the archive of audit records is as it was written',
    load: async () => (await import('./cli/archive.ts')).archive,
  },
  person: {
    summary: 'give out, erase or keep what is stored about one person',
    load: async () => (await import('./cli/person.ts')).person,
  },
  backup: {
    summary: 'copy the database while the bot runs, and check the copy',
    load: async () => (await import('./cli/backup.ts')).backup,
  },
  restore: {
    summary: 'put a backup in the place of the database, while the bot is stopped',
    load: async () => (await import('./cli/restore.ts')).restore,
  },
  route: {
    summary: 'show where an alert with these labels would go',
    load: async () => (await import('./cli/route.ts')).route,
  },
  detect: {
    summary: 'what rules would have fired on records of a file, or of the archive',
    load: async () => (await import('./cli/detect.ts')).detect,
  },
  replay: {
    summary: 'explain recorded files, without a network',
    load: async () => (await import('./cli/replay.ts')).replay,
  },
};

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: license-watch <command> [options]\n\n${lines.join('\n')}\n\nlicense-watch <command> --help tells more.`;
}

async function main(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    writeLine(name === undefined ? io.stderr : io.stdout, usage());
    return name === undefined ? EXIT_BAD_INPUT : EXIT_OK;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    writeLine(io.stderr, `There is no command “${name}”.\n\n${usage()}`);
    return EXIT_BAD_INPUT;
  }
  const command = await entry.load();
  if (rest.includes('--help') || rest.includes('-h')) {
    writeLine(io.stdout, command.usage);
    return EXIT_OK;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!isMisspelt(error)) throw error;
    writeLine(io.stderr, `${error.message}\n\n${command.usage}`);
    return EXIT_BAD_INPUT;
  }
}

/** Whether Node's parser of arguments refused them; its message names the argument. */
const isMisspelt = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('ERR_PARSE_ARGS_');

// The SDKs are thousands of files; to compile them again is a third of the time that a start takes.
enableCompileCache();

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => stopping.abort(new Error(`stopped by ${signal}`)));
}
// A reader that closes early, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT_OK);
});

try {
  process.exitCode = await main(process.argv.slice(2), {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stopping.signal,
  });
} catch (error) {
  writeLine(process.stderr, error instanceof Error ? error.message : String(error));
  process.exitCode = EXIT_FAILURE;
}
