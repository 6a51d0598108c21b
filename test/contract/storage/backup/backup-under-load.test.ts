import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backup } from '../../../../src/cli/backup.ts';
import { EXIT_FAILURE, EXIT_OK } from '../../../../src/cli/command.ts';
import { restore } from '../../../../src/cli/restore.ts';
import { runCommand } from '../../../builders/run-command.ts';

const OPEN_STORE = path.resolve('src/storage/open-store.ts');
const KEY = 'correct horse battery staple';

let folder: string;
let file: string;
let writer: ChildProcess | null = null;
const env = () => ({ DATABASE_URL: `file:${file}`, ARCHIVE_KEY: KEY });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-backup-'));
  file = path.join(folder, 'watch.db');
});
afterEach(async () => {
  writer?.kill('SIGKILL');
  writer = null;
  await rm(folder, { recursive: true });
});

/**
 * A process that writes without a pause and says each id only when it is committed. Each record is committed together
 * with its link in the chain, so that a copy of half a transaction shows.
 */
async function aBusyWriter(): Promise<{ committed: string[]; stop(): Promise<void> }> {
  const code = `import { openStore } from ${JSON.stringify(OPEN_STORE)};
    const store = await openStore({ url: ${JSON.stringify(`file:${file}`)}, archiveKeys: [${JSON.stringify(KEY)}] });
    const raw = 'x'.repeat(20_000);
    for (let n = 0; ; n++) {
      const event = { id: 'r' + n, source: 'activity', at: n, operation: '', workload: '', result: 'success',
        resultReason: null, actor: null, targets: [], correlationId: null, clientIp: null, actionClient: null,
        modified: [], licenses: null, group: null, sequence: null };
      await store.audit.append([{ raw, event }], n);
      process.stdout.write('r' + n + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writer = child;
  const committed: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (id) => committed.push(id));
  await once(lines, 'line');
  return {
    committed,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

const idsIn = (database: string): Set<string> => {
  const opened = new DatabaseSync(database, { readOnly: true });
  const ids = opened.prepare('select id from audit_events').all();
  opened.close();
  return new Set(ids.map(({ id }) => String(id)));
};

const fiveMore = async (committed: readonly string[]): Promise<void> => {
  const enough = committed.length + 5;
  while (committed.length < enough) await new Promise((resolve) => setImmediate(resolve));
};

it('loses nothing that was committed before a backup, however much is written meanwhile', async () => {
  const { committed, stop } = await aBusyWriter();
  const copies: { name: string; before: string[] }[] = [];
  for (const name of ['one.db', 'two.db', 'three.db']) {
    await fiveMore(committed);
    const before = [...committed];
    const target = path.join(folder, name);
    expect(await runCommand(backup, [target], { env: env() })).toMatchObject({ code: EXIT_OK, err: '' });
    copies.push({ name: target, before });
    // The bot went on: a backup holds nobody up for long.
    await fiveMore(committed);
  }
  await stop();

  for (const { name, before } of copies) {
    expect(before.filter((id) => !idsIn(name).has(id))).toEqual([]);
    expect((await stat(name)).mode & 0o777).toBe(0o600);
  }
  const [, , last] = copies;
  const { code, out } = await runCommand(restore, [last?.name ?? ''], { env: env() });
  expect({ code, out }).toMatchObject({ code: EXIT_OK, out: expect.stringContaining('and checked') });
  expect(last?.before.filter((id) => !idsIn(file).has(id))).toEqual([]);
  const chain = spawn(process.execPath, ['src/main.ts', 'archive', 'verify'], {
    env: { ...process.env, ...env() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  chain.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await once(chain, 'close');
  expect(said).toContain('The archive is as it was written');
  // What was written after the backup is not lost either: it is in the former database, kept beside it.
  const [, kept = ''] = /The former database is (\S+)\. Remove/.exec(out) ?? [];
  expect(committed.filter((id) => !idsIn(kept).has(id))).toEqual([]);
});

it('is refused while anything has the database open, and changes nothing', async () => {
  const { committed, stop } = await aBusyWriter();
  const copy = path.join(folder, 'copy.db');
  await runCommand(backup, [copy], { env: env() });
  await fiveMore(committed);
  const refused = await runCommand(restore, [copy], { env: env() });
  expect(refused).toMatchObject({
    code: EXIT_FAILURE,
    out: '',
    err: expect.stringMatching(/^Nothing was changed\. The database .* is in use\. Stop License Watch/),
  });
  await fiveMore(committed);
  await stop();
  expect(committed.filter((id) => !idsIn(file).has(id))).toEqual([]);
});

it('brings the heads of the archive with it, and keeps the former ones aside', async () => {
  const { committed, stop } = await aBusyWriter();
  await fiveMore(committed);
  await stop();
  await writeFile(`${file}.heads`, 'of the backup');
  const copy = path.join(folder, 'copy.db');
  await runCommand(backup, [copy], { env: env() });
  await writeFile(`${file}.heads`, 'noted later');
  const { out } = await runCommand(restore, [copy], { env: env() });
  const [, kept = ''] = /The former database is (\S+)\. Remove/.exec(out) ?? [];
  expect(await readFile(`${file}.heads`, 'utf8')).toBe('of the backup');
  expect(await readFile(`${kept}.heads`, 'utf8')).toBe('noted later');
});
