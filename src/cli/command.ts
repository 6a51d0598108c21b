import type { Readable, Writable } from 'node:stream';

/** What a command may touch of the process. Data goes to `stdout`, everything else to `stderr`. */
export type Io = {
  env: Record<string, string | undefined>;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  /** Aborts on SIGINT and SIGTERM. */
  signal: AbortSignal;
};

/** One command of the command line. */
export type Command = {
  name: string;
  summary: string;
  /** What `--help` prints. */
  usage: string;
  /** @returns the exit code: 0, 1 for a failure, 2 for bad input */
  run(args: string[], io: Io): Promise<number>;
};

export const EXIT_OK = 0;
export const EXIT_FAILURE = 1;
export const EXIT_BAD_INPUT = 2;

/** Writes a line to a stream. */
export const writeLine = (stream: Writable, text: string): void => {
  stream.write(`${text}\n`);
};

/** Says what in the settings does nothing, one sentence a line. */
export function reportWarnings(io: Io, warnings: readonly string[]): void {
  for (const warning of warnings) writeLine(io.stderr, `Warning: ${warning}`);
}

/** Lists what is wrong with the settings, one sentence a line. */
export function reportProblems(io: Io, problems: readonly string[]): number {
  writeLine(
    io.stderr,
    problems.length === 1 ? 'One setting is wrong:' : `${problems.length} settings are wrong:`,
  );
  for (const problem of problems) writeLine(io.stderr, `  - ${problem}`);
  return EXIT_BAD_INPUT;
}
