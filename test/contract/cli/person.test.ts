import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archive } from '../../../src/cli/archive.ts';
import { EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_OK } from '../../../src/cli/command.ts';
import { person } from '../../../src/cli/person.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { runCommand } from '../../builders/run-command.ts';
import { OTHERS, PATTI, ROWS } from '../storage/people/rows-of-patti.ts';

const MAIN = path.resolve(import.meta.dirname, '../../../src/main.ts');
const ME = userInfo().username;

describe('license-watch person', () => {
  let folder: string;
  let file: string;
  let env: Record<string, string>;
  const run = (...args: string[]) => runCommand(person, args, { env });
  const log = async (): Promise<{ act: string; person: string; by: string; reason: string | null }[]> =>
    JSON.parse((await run('log', '--json')).out);
  const acts = async () =>
    (await log())
      .filter(({ by }) => by === ME)
      .map(({ act }) => act)
      .sort();
  function execute(statement: string): void {
    const database = new DatabaseSync(file);
    database.exec(statement);
    database.close();
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'person-'));
    file = path.join(folder, 'watch.db');
    env = { DATABASE_URL: `file:${file}` };
    const store = await openStore({ url: env.DATABASE_URL ?? '' });
    const actor = { kind: 'user' as const, id: PATTI.id, name: PATTI.upn };
    await store.audit.append([anArchivedEvent({ id: 'acted', actor, targets: [] })], 1);
    await store.close();
    const database = new DatabaseSync(file);
    for (const { table, row } of [
      ...Object.entries(ROWS).map(([table, row]) => ({ table, row })),
      ...OTHERS,
    ]) {
      const columns = Object.keys(row);
      const marks = columns.map(() => '?').join();
      database
        .prepare(`insert into ${table} (${columns.join()}) values (${marks})`)
        .run(...Object.values(row));
    }
    database.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('exports every row as lines, in a process of its own', async () => {
    const { code, out } = await new Promise<{ code: unknown; out: string }>((resolve) => {
      const surroundings = { cwd: folder, env: { ...process.env, ...env } };
      execFile(process.execPath, [MAIN, 'person', 'export', PATTI.upn], surroundings, (error, stdout) =>
        resolve({ code: error ? error.code : 0, out: stdout }),
      );
    });
    expect(code).toBe(EXIT_OK);
    const rows: { table: string; kind: string }[] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set([...Object.keys(ROWS), 'audit_events']));
    expect(rows).toContainEqual(
      expect.objectContaining({ table: 'audit_events', kind: 'audit record', as: ['actor'] }),
    );
    expect(await acts()).toEqual(['export begun', 'exported']);
  }, 60_000);

  it('exports a list with --format json', async () => {
    const { code, out, err } = await run('export', PATTI.id, '--format', 'json');
    expect(code).toBe(EXIT_OK);
    expect(err).toMatch(/covers these records: \d+:[\w-]{43} \(sealed/);
    expect(JSON.parse(out)).toContainEqual(
      expect.objectContaining({ table: 'license_changes', kind: 'license change' }),
    );
  });

  it.each([['export'], ['erase']])(
    'says with exit 1 that it has nothing to %s, and notes nobody',
    async (act) => {
      const { code, err } = await run(act, 'nobody@contoso.com');
      expect(code).toBe(EXIT_FAILURE);
      expect(err).toContain('Nothing is stored about nobody@contoso.com');
      expect(await acts()).toEqual([]);
    },
  );

  it('says first what an erasure would do, and does it with --yes', async () => {
    const before = await run('erase', PATTI.mail);
    expect(before).toMatchObject({ code: EXIT_OK, out: expect.stringContaining('Nothing was changed.') });
    expect((await run('export', PATTI.mail)).out).toContain('license_changes');

    const done = await run('erase', PATTI.mail, '--yes');
    expect(done).toMatchObject({ code: EXIT_OK, out: expect.stringContaining('audit_events: 1 row') });
    expect((await run('export', PATTI.mail)).code).toBe(EXIT_FAILURE);
    expect((await run('export', PATTI.id)).code).toBe(EXIT_FAILURE);
    const entries = await log();
    expect(JSON.stringify(entries)).not.toMatch(/patti|5c0ffee5-1111/i);
    expect(entries.find(({ act }) => act === 'erased')).toMatchObject({
      by: ME,
      person: expect.stringMatching(/^e7a5ed00-/),
    });
    const verified = await runCommand(archive, ['verify'], { env });
    expect(verified).toMatchObject({
      code: EXIT_OK,
      out: expect.stringContaining('Removed by erasure: 1 record.'),
    });
  });

  it('erases somebody who is in the tenant only with --although-present, and says why', async () => {
    execute('update user_states set removed_at = null');
    const refused = await run('erase', PATTI.mail, '--yes');
    expect(refused).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringContaining('the next read would store'),
    });
    expect(await run('erase', PATTI.mail, '--yes', '--although-present')).toMatchObject({ code: EXIT_OK });
  });

  it('keeps somebody on hold until the hold ends', async () => {
    const put = await run('hold', PATTI.upn, '--reason', 'case 12');
    expect(put).toMatchObject({ code: EXIT_OK, out: expect.stringContaining(PATTI.former) });
    expect((await run('holds')).out).toContain('case 12');
    const [hold] = JSON.parse((await run('holds', '--json')).out);
    expect(hold.names).toEqual([PATTI.id, PATTI.upn.toLowerCase(), PATTI.mail, PATTI.former]);

    const refused = await run('erase', PATTI.former, '--yes');
    expect(refused).toMatchObject({
      code: EXIT_FAILURE,
      err: expect.stringContaining('legal hold (case 12)'),
    });
    expect((await run('export', PATTI.mail)).out).toContain('"acted"');

    expect(await run('hold', PATTI.mail, '--end')).toMatchObject({ code: EXIT_OK });
    expect(await run('hold', PATTI.mail, '--end')).toMatchObject({ code: EXIT_FAILURE });
    expect((await run('holds')).out).toBe('Nobody is on hold.\n');
    expect(await acts()).toEqual(['export begun', 'exported', 'hold ended', 'put on hold']);
    expect(await run('erase', PATTI.mail, '--yes')).toMatchObject({ code: EXIT_OK });
  });

  it('asks which account is meant where two had the name', async () => {
    execute(
      `insert into user_former_names (user_id, name) values ('5c0ffee5-1111-4222-8333-777788889999', '${PATTI.former}')`,
    );
    const { code, err } = await run('export', PATTI.former);
    expect(code).toBe(EXIT_BAD_INPUT);
    expect(err).toContain(PATTI.id);
    expect(err).toContain('Lee Gu');
  });

  it.each([
    [[]],
    [['forget', PATTI.mail]],
    [['erase']],
    [['erase', 'Patti']],
    [['export', PATTI.mail, '--format', 'csv']],
    [['export', PATTI.mail, '--yes']],
    [['hold', PATTI.mail]],
    [['holds', PATTI.mail]],
  ])('refuses %j', async (args) => {
    expect(await run(...args)).toMatchObject({ code: EXIT_BAD_INPUT, out: '' });
  });
});
