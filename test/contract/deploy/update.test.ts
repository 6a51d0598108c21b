import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from '../packaging/project-files.ts';

let folder: string;
let port: number;
const at = (name: string): string => path.join(folder, name);

/** What a version is here: a server that writes its name into the "database" at its start, and is ready or never is. */
const versionOf = (name: string, { ready }: { ready: boolean }): string => `
  const { writeFileSync, copyFileSync, readFileSync } = require('node:fs');
  const [, , command, file] = process.argv;
  const database = ${JSON.stringify('DATABASE')};
  if (command === 'help') process.exit(0);
  if (command === 'backup') { copyFileSync(database, file + 'license-watch-' + Date.now() + '.db'); process.exit(0); }
  if (command === 'restore') { copyFileSync(file, database); process.exit(0); }
  writeFileSync(database, readFileSync(database, 'utf8') + ' ${name}');
  require('node:http').createServer((request, response) => {
    response.statusCode = request.url === '/healthz' || ${ready} ? 200 : 503;
    response.end('${name}');
  }).listen(${'PORT'}, '127.0.0.1');
`;

async function aVersion(name: string, how: { ready: boolean }): Promise<string> {
  await mkdir(at(`${name}/lib`), { recursive: true });
  const code = versionOf(name, how)
    .replace('"DATABASE"', JSON.stringify(at('database')))
    .replace('listen(PORT', `listen(${port}`);
  await writeFile(at(`${name}/lib/main.js`), code);
  return at(name);
}

/** systemctl as the script uses it: one service that runs what "current" is, and two that do one thing. */
const SYSTEMCTL = `#!/bin/sh
echo "$@" >> "$FOLDER/asked"
case "$*" in
  'stop license-watch.service') [ -f "$FOLDER/pid" ] && kill "$(cat "$FOLDER/pid")" 2>/dev/null; rm -f "$FOLDER/pid" ;;
  'start license-watch.service') node "$FOLDER/current/lib/main.js" serve >/dev/null 2>&1 & echo $! > "$FOLDER/pid" ;;
  'start license-watch-backup.service') [ ! -f "$FOLDER/disk-full" ] && node "$FOLDER/current/lib/main.js" backup "$FOLDER/backups/" ;;
  'start license-watch-restore@'*) name=\${2#license-watch-restore@}; node "$FOLDER/current/lib/main.js" restore "$FOLDER/backups/\${name%.service}" ;;
  'is-failed '*) ! kill -0 "$(cat "$FOLDER/pid")" 2>/dev/null ;;
esac
`;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-update-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  port = address !== null && typeof address === 'object' ? address.port : 0;
  probe.close();
  await once(probe, 'close');
  await mkdir(at('bin'));
  await mkdir(at('backups'));
  await writeFile(at('bin/systemctl'), SYSTEMCTL);
  await chmod(at('bin/systemctl'), 0o755);
  await writeFile(at('database'), 'data');
  await symlink(await aVersion('old', { ready: true }), at('current'));
  await systemctl('start', 'license-watch.service');
  await expect.poll(answer, { timeout: 20_000 }).toBe('old');
});
afterEach(async () => {
  await systemctl('stop', 'license-watch.service');
  await rm(folder, { recursive: true });
});

const environment = () => ({
  PATH: `${at('bin')}:${path.dirname(process.execPath)}:${process.env.PATH}`,
  FOLDER: folder,
  LICENSE_WATCH_ROOT: folder,
  LICENSE_WATCH_BACKUPS: at('backups'),
  LICENSE_WATCH_ADDRESS: `http://127.0.0.1:${port}`,
  LICENSE_WATCH_HEALTH: `http://127.0.0.1:${port}/healthz`,
  LICENSE_WATCH_WAIT_SECONDS: '6',
});
const answer = (): Promise<string | null> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    (response) => response.text(),
    () => null,
  );
async function systemctl(...args: string[]): Promise<void> {
  const child = spawn(at('bin/systemctl'), args, { env: environment(), stdio: 'ignore' });
  await once(child, 'exit');
}
async function update(...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(path.join(ROOT, 'deploy/update.sh'), args, { env: environment() });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  return { code, said };
}
const current = (): Promise<string> => readlink(at('current'));
const database = (): Promise<string> => readFile(at('database'), 'utf8');

it('stops, backs up, swaps and starts, and is done when the new version is ready', async () => {
  const folderOfNew = await aVersion('new', { ready: true });
  expect(await update(folderOfNew)).toMatchObject({ code: 0, said: expect.stringContaining('done: ') });
  expect([await current(), await answer(), await database()]).toEqual([folderOfNew, 'new', 'data old new']);
  const asked = (await readFile(at('asked'), 'utf8')).split('\n').slice(1, 4);
  expect(asked).toEqual([
    'stop license-watch.service',
    'start license-watch-backup.service',
    'start license-watch.service',
  ]);
});

it('goes back to the former version and database when the new one does not get ready', async () => {
  const folderOfNew = await aVersion('new', { ready: false });
  expect(await update(folderOfNew)).toMatchObject({
    code: 1,
    said: expect.stringMatching(
      /going back[\s\S]*database is as it was before[\s\S]*former version runs again/,
    ),
  });
  // The former version wrote its name when it was started again: nothing of the new one is left.
  expect([await current(), await answer(), await database()]).toEqual([at('old'), 'old', 'data old old']);
});

it('goes back at the first sign that the new version has ended', async () => {
  const folderOfNew = await aVersion('new', { ready: false });
  await writeFile(at('new/lib/main.js'), `if (process.argv[2] === 'serve') process.exit(1);`);
  const { code, said } = await update(folderOfNew);
  expect({ code, said }).toMatchObject({
    code: 1,
    said: expect.stringContaining('former version runs again'),
  });
  expect([await current(), await answer()]).toEqual([at('old'), 'old']);
});

it('changes nothing when no backup can be made', async () => {
  await writeFile(at('disk-full'), '');
  expect(await update(await aVersion('new', { ready: true }))).toMatchObject({
    code: 1,
    said: expect.stringContaining('no backup could be made'),
  });
  await expect.poll(answer, { timeout: 20_000 }).toBe('old');
  expect(await current()).toBe(at('old'));
  expect(await update(at('new'), '--without-backup')).toMatchObject({ code: 0 });
});

it('asks for life alone where the former version was not ready either', async () => {
  await systemctl('stop', 'license-watch.service');
  await rm(at('current'));
  await symlink(await aVersion('waiting', { ready: false }), at('current'));
  await systemctl('start', 'license-watch.service');
  await expect.poll(answer, { timeout: 20_000 }).toBe('waiting');
  expect(await update(await aVersion('new', { ready: false }))).toMatchObject({ code: 0 });
});

it.each<[string, (path: string) => string[] | Promise<string[]>, number]>([
  ['no folder', () => [], 2],
  ['a folder without a version', () => [at('backups')], 2],
  ['what runs already', () => [at('old')], 2],
  ['an unknown option', () => [at('old'), '--fast'], 2],
  [
    'a version that does not start',
    async () => {
      const broken = await aVersion('broken', { ready: true });
      await writeFile(at('broken/lib/main.js'), 'this is no program');
      return [broken];
    },
    1,
  ],
])('refuses %s before anything is stopped', async (_, args, code) => {
  expect(await update(...(await args(folder)))).toMatchObject({ code });
  expect((await readFile(at('asked'), 'utf8')).trim()).toBe('start license-watch.service');
  expect(await answer()).toBe('old');
});
