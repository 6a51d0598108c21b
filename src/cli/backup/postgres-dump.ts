import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rename, rm } from 'node:fs/promises';
import process from 'node:process';
import { EXIT_FAILURE, EXIT_OK, type Io, writeLine } from '../command.ts';

/**
 * Backs a PostgreSQL database up by `pg_dump`, which takes one snapshot of a server that is in use, and has
 * `pg_restore` read the file before it gets its name. The password goes by the environment: arguments are read by
 * everybody on the machine. Where the programs are not installed it says what to run.
 * @returns the exit code
 */
export async function dumpPostgres(databaseUrl: string, target: string, io: Io): Promise<number> {
  const { url, password } = apart(databaseUrl);
  const part = `${target}.${process.pid}.part`;
  const env = { ...process.env, ...io.env, ...(password === '' ? {} : { PGPASSWORD: password }) };
  const dump = ['--format=custom', '--no-owner', '--no-privileges', `--file=${part}`, `--dbname=${url}`];
  try {
    const dumped = await runProgram('pg_dump', dump, env, io.signal);
    if (dumped.kind === 'missing') return sayHow(url, target, io);
    if (dumped.kind === 'failed') return refuse(`pg_dump failed: ${dumped.said}`, io);
    const listed = await runProgram('pg_restore', ['--list', part], env, io.signal);
    if (listed.kind === 'missing')
      return refuse('pg_restore is not installed: the dump cannot be checked.', io);
    if (listed.kind === 'failed') return refuse(`The dump cannot be read: ${listed.said}`, io);
    if (!/TABLE DATA \S+ kysely_migration /.test(listed.said)) {
      return refuse('The dump has no data of License Watch. Set DATABASE_URL as the bot has it.', io);
    }
    await chmod(part, 0o600);
    await rename(part, target);
    writeLine(io.stdout, `Backed up to ${target}, and checked.\n${restoreHint(url, target)}`);
    return EXIT_OK;
  } finally {
    await rm(part, { force: true });
  }
}

/** How a dump becomes a database again, beside the present one. */
export const restoreHint = (url: string, dump: string): string => {
  const fresh = new URL(url);
  const name = `${fresh.pathname.slice(1)}_restored`;
  const admin = new URL(url);
  fresh.pathname = `/${name}`;
  return [
    'To restore it, stop License Watch, and put it into a database of its own beside the present one:',
    `  createdb --maintenance-db='${admin.href}' ${name}`,
    `  pg_restore --exit-on-error --single-transaction --no-owner --dbname='${fresh.href}' '${dump}'`,
    `Then set DATABASE_URL to that database and start. The present one stays as it is.`,
  ].join('\n');
};

/** The URL without its password, and the password. */
export function apart(databaseUrl: string): { url: string; password: string } {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { url: url.href, password };
}

function sayHow(url: string, target: string, io: Io): number {
  return refuse(
    [
      'No backup was made: pg_dump is not installed here. On a machine that has it, of the server’s version or later:',
      `  pg_dump --format=custom --no-owner --no-privileges --file='${target}' --dbname='${url}'`,
      'A managed server makes backups of its own: in Azure, look at "Backup and restore" of the server.',
    ].join('\n'),
    io,
  );
}

function refuse(sentence: string, io: Io): number {
  writeLine(io.stderr, sentence);
  return EXIT_FAILURE;
}

type Ran = { kind: 'done' | 'failed'; said: string } | { kind: 'missing' };

const MAX_SAID = 2_000_000;

async function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<Ran> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    if (out.length < MAX_SAID) out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err = `${err}${chunk.toString()}`.slice(-2_000);
  });
  try {
    const [code] = await once(child, 'close');
    return code === 0 ? { kind: 'done', said: out } : { kind: 'failed', said: err.trim() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
}
