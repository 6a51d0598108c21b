import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from '../../src/cli/command.ts';

export type CommandRun = { code: number; out: string; err: string };

type Surroundings = {
  env?: Record<string, string>;
  stdin?: Iterable<string>;
  /** Whether stderr is a terminal, on which long work shows its progress. */
  terminal?: boolean;
};

/** Runs a command of the command line in this process, and reads what it wrote. */
export async function runCommand(
  command: Command,
  args: string[],
  { env = {}, stdin = [], terminal = false }: Surroundings = {},
): Promise<CommandRun> {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: terminal });
  // Reading a stream as text takes the byte order mark off: look for it elsewhere.
  const out = text(stdout);
  const err = text(stderr);
  const signal = new AbortController().signal;
  const code = await command.run(args, { env, stdin: Readable.from(stdin), stdout, stderr, signal });
  stdout.end();
  stderr.end();
  return { code, out: await out, err: await err };
}
