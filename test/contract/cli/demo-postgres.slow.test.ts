import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../src/storage/open-store.ts';
import { aPostgresDatabase, type TestDatabase } from '../../postgres/database.ts';
import { ROOT } from '../packaging/project-files.ts';

const MAIN = path.join(ROOT, 'src/main.ts');

let folder: string;
let server: TestDatabase;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-demo-'));
  server = await aPostgresDatabase();
});
afterEach(async () => {
  await server.execute('drop database if exists license_watch_demo with (force)');
  await server.drop();
  await rm(folder, { recursive: true });
});

/** Starts the demo, looks at it once its first scan is complete, and ends it as Ctrl-C does. */
async function play(env: Record<string, string>, look: (url: string) => Promise<void>): Promise<string> {
  const args = [MAIN, 'demo', '--postgres', '--no-playground', '--port', '4388'];
  const surroundings = { PATH: process.env.PATH, ...env };
  const demo = spawn(process.execPath, args, { cwd: folder, env: surroundings, detached: true });
  let said = '';
  for (const stream of [demo.stdout, demo.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const ended = once(demo, 'close');
  try {
    await expect
      .poll(() => (demo.exitCode === null ? said : `ended: ${said}`), { timeout: 150_000 })
      .toMatch(/^(?!ended)[\s\S]*The first scan is complete/);
    await look((await readFile(path.join(folder, 'data/demo/database-url'), 'utf8')).trim());
  } finally {
    // To the whole group, as a terminal does.
    if (demo.pid !== undefined && demo.exitCode === null) process.kill(-demo.pid, 'SIGINT');
  }
  expect(await ended).toEqual([0, null]);
  return said;
}

const usersAt = async (url: string): Promise<number> => {
  const store = await openStore({ url });
  const { present } = await store.users.count();
  await store.close();
  return present;
};

it('keeps its data in a PostgreSQL that it starts, which another terminal can ask, and takes it down again', async () => {
  let own = '';
  const said = await play({}, async (url) => {
    own = url;
    expect(await usersAt(url)).toBe(41);
    const ask = spawn(process.execPath, [MAIN, 'ask', 'who has Visio'], { cwd: folder });
    let errors = '';
    ask.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    expect(await once(ask, 'close')).toEqual([0, null]);
    expect(errors).toContain('reading the demo’s database in PostgreSQL');
  });
  expect(said).toContain('Its data is in a PostgreSQL that was started for it');
  expect(said).toContain('Stopped.');
  expect(await readdir(path.join(folder, 'data/demo'))).not.toContain('license-watch.db');
  await expect(usersAt(own)).rejects.toMatchObject({ code: 'cannot-open' });
}, 240_000);

it('uses the server that DATABASE_URL names, in a database of its own there', async () => {
  await server.execute('create table mine (id integer); insert into mine values (1)');
  await play({ DATABASE_URL: server.url }, async (url) => {
    expect(new URL(url).pathname).toBe('/license_watch_demo');
    expect(new URL(url).host).toBe(new URL(server.url).host);
    expect(await usersAt(url)).toBe(41);
  });
  // What is there is not touched.
  await server.execute('insert into mine values (2)');
}, 240_000);
