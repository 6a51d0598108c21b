import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backup } from '../../../../src/cli/backup.ts';
import { EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_OK } from '../../../../src/cli/command.ts';
import { restore } from '../../../../src/cli/restore.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { runCommand } from '../../../builders/run-command.ts';
import { scanFinds, userNo } from '../scans/scanning.ts';

let folder: string;
let file: string;
const run = (command: typeof backup, ...args: string[]) =>
  runCommand(command, args, { env: { DATABASE_URL: `file:${file}` } });
const fromHere = (name: string): string => path.join(folder, name);
const usersIn = async (): Promise<number> => {
  const store = await openStore({ url: `file:${file}` });
  const { present } = await store.users.count();
  await store.close();
  return present;
};
async function add(...numbers: number[]): Promise<void> {
  const store = await openStore({ url: `file:${file}` });
  await scanFinds(
    store,
    numbers.map((number) => userNo(number)),
    { deltaLink: 'link' },
  );
  await store.close();
}
function change(name: string, statements: string): void {
  const database = new DatabaseSync(name);
  database.exec(statements);
  database.close();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-restore-'));
  file = fromHere('data/watch.db');
  await add(1, 2);
});
afterEach(() => rm(folder, { recursive: true }));

describe('license-watch backup', () => {
  it('names a file in a folder by the time, says what is in it, and leaves nothing else behind', async () => {
    await mkdir(fromHere('backups'));
    const { code, out } = await run(backup, '--json', fromHere('backups'));
    expect(code).toBe(EXIT_OK);
    const [name, ...more] = await readdir(fromHere('backups'));
    expect({ name, more }).toEqual({
      name: expect.stringMatching(/^license-watch-\d{8}T\d{6}Z\.db$/),
      more: [],
    });
    expect(JSON.parse(out)).toMatchObject({
      file: fromHere(`backups/${name}`),
      pending: [],
      rows: { user_states: 2, decisions: 0 },
    });
  });

  it('overwrites nothing', async () => {
    await writeFile(fromHere('notes'), 'mine');
    expect(await run(backup, fromHere('notes'))).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringContaining('overwrites nothing'),
    });
    expect(await readFile(fromHere('notes'), 'utf8')).toBe('mine');
  });

  it('says where there is no database, and which folder cannot be written to', async () => {
    expect(await run(backup, fromHere('not/there/copy.db'))).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringContaining('cannot be copied'),
    });
    await rm(file);
    expect(await run(backup, fromHere('copy.db'))).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringContaining('There is no database'),
    });
    expect(await readdir(folder)).toEqual(['data']);
  });

  it.each([[[]], [['a', 'b']]])('refuses %j', async (args) => {
    expect(await run(backup, ...args)).toMatchObject({ code: EXIT_BAD_INPUT });
    expect(await run(restore, ...args)).toMatchObject({ code: EXIT_BAD_INPUT });
  });
});

describe('license-watch restore', () => {
  const copy = () => fromHere('copy.db');
  beforeEach(async () => {
    await run(backup, copy());
    await add(1, 2, 3);
  });

  it('puts the backup in the place of the database, and keeps the former one aside', async () => {
    expect(await usersIn()).toBe(3);
    const { code, out } = await run(restore, copy());
    expect(code).toBe(EXIT_OK);
    expect(await usersIn()).toBe(2);
    const [, kept = ''] = /The former database is (\S+)\. Remove/.exec(out) ?? [];
    expect(await run(restore, kept)).toMatchObject({ code: EXIT_OK });
    expect(await usersIn()).toBe(3);
  });

  it('also where there is no database, or a damaged one', async () => {
    await rm(path.dirname(file), { recursive: true });
    expect(await run(restore, copy())).toMatchObject({ code: EXIT_OK });
    expect(await usersIn()).toBe(2);
    await writeFile(file, 'no database at all, and long enough to be seen as something else');
    expect(await run(restore, copy())).toMatchObject({ code: EXIT_OK });
    expect(await usersIn()).toBe(2);
  });

  it.each<[string, () => Promise<void> | void, RegExp]>([
    [
      'is newer than the program',
      () =>
        change(copy(), `insert into kysely_migration (name, timestamp) values ('999-later', '2030-01-01')`),
      /A newer version of License Watch has changed this database \(999-later\)\. Use that version/,
    ],
    ['is no database', () => writeFile(copy(), 'These are notes, not a database.'), /no SQLite database/],
    [
      'is somebody else’s database',
      async () => {
        await rm(copy());
        change(copy(), 'create table notes (id integer)');
      },
      /is no database of License Watch/,
    ],
    [
      'is damaged in the middle',
      async () => {
        const bytes = await readFile(copy());
        bytes.fill(0x5a, 8192 * 5, 8192 * 9);
        await chmod(copy(), 0o600);
        await writeFile(copy(), bytes);
      },
      /is damaged/,
    ],
    ['is not there', () => rm(copy()), /There is no file/],
  ])('refuses a backup that %s, and changes nothing', async (_, spoil, sentence) => {
    await spoil();
    expect(await run(restore, copy())).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringMatching(sentence),
    });
    expect(await usersIn()).toBe(3);
    expect((await readdir(path.dirname(file))).filter((name) => !name.startsWith('watch.db'))).toEqual([]);
  });
});
