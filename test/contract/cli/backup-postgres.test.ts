import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backup } from '../../../src/cli/backup.ts';
import { EXIT_FAILURE, EXIT_OK } from '../../../src/cli/command.ts';
import { restore } from '../../../src/cli/restore.ts';
import { runCommand } from '../../builders/run-command.ts';

const URL_WITH_PASSWORD = 'postgres://watch:s3cret%21word@db.example:5432/watch?sslmode=require';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-dump-'));
  await mkdir(path.join(folder, 'bin'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program of PostgreSQL that writes down what it was asked, and does this. */
async function aProgram(name: string, script: string): Promise<void> {
  const file = path.join(folder, 'bin', name);
  const note = `printf '%s\\n' "$0 $*" "PGPASSWORD=$PGPASSWORD" >> '${folder}/asked'`;
  await writeFile(file, `#!/bin/sh\n${note}\n${script}\n`);
  await chmod(file, 0o755);
}
const dumps = (script = 'echo dump > "$f"') =>
  aProgram('pg_dump', `for a in "$@"; do case $a in --file=*) f=\${a#--file=};; esac; done\n${script}`);
const lists = (text = '3456; 0 16385 TABLE DATA public kysely_migration watch') =>
  aProgram('pg_restore', `echo '${text}'`);
const run = (command: typeof backup, ...args: string[]) =>
  runCommand(command, args, {
    env: { DATABASE_URL: URL_WITH_PASSWORD, PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` },
  });
const target = () => path.join(folder, 'watch.dump');

it('has pg_dump make the backup and pg_restore read it, and shows the password to nobody', async () => {
  await dumps();
  await lists();
  const { code, out, err } = await run(backup, target());
  expect({ code, err }).toEqual({ code: EXIT_OK, err: '' });
  expect(out).toContain('pg_restore --exit-on-error --single-transaction');
  expect(await readFile(target(), 'utf8')).toBe('dump\n');
  const asked = (await readFile(path.join(folder, 'asked'), 'utf8')).split('\n');
  expect(asked[0]).toMatch(
    /pg_dump --format=custom .*--dbname=postgres:\/\/watch@db\.example:5432\/watch\?sslmode=require$/,
  );
  expect(asked[1]).toBe('PGPASSWORD=s3cret!word');
  expect(out + asked.filter((line) => !line.startsWith('PGPASSWORD')).join()).not.toContain('s3cret');
});

it.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'pg_dump fails',
    () => dumps('echo "server version: 18; pg_dump version: 15" >&2; exit 1'),
    /pg_dump failed: server version: 18/,
  ],
  [
    'the dump cannot be read',
    () => dumps().then(() => aProgram('pg_restore', 'echo "no archive" >&2; exit 1')),
    /cannot be read: no archive/,
  ],
  [
    'the dump is of something else',
    () => dumps().then(() => lists('1; 0 2 TABLE DATA public notes me')),
    /no data of License Watch/,
  ],
])('makes no backup when %s', async (_, programs, sentence) => {
  await programs();
  expect(await run(backup, target())).toMatchObject({
    code: EXIT_FAILURE,
    err: expect.stringMatching(sentence),
  });
  expect((await readdir(folder)).filter((name) => name.startsWith('watch.dump'))).toEqual([]);
});

it('says what to run where pg_dump is not installed', async () => {
  const nothing = path.join(folder, 'bin');
  const { code, err } = await runCommand(backup, [target()], {
    env: { DATABASE_URL: URL_WITH_PASSWORD, PATH: nothing },
  });
  expect(code).toBe(EXIT_FAILURE);
  expect(err).toMatch(/pg_dump is not installed here[\s\S]*pg_dump --format=custom .*watch@db\.example/);
  expect(err).not.toContain('s3cret');
});

it('restores nothing by itself: it says how, into a database of its own', async () => {
  await writeFile(target(), 'dump');
  const { code, err } = await run(restore, target());
  expect(code).toBe(EXIT_FAILURE);
  expect(err).toMatch(
    /^Nothing was changed\.[\s\S]*createdb .* watch_restored\n\s*pg_restore .*\/watch_restored\?sslmode=require/,
  );
  expect(err).not.toContain('s3cret');
});
