import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteHead } from '../../../src/app/archive-heads.ts';
import { archive } from '../../../src/cli/archive.ts';
import { EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_OK } from '../../../src/cli/command.ts';
import { exportRows } from '../../../src/cli/export.ts';
import { generalPolicy } from '../../../src/domain/archive/retention.ts';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { headText } from '../../../src/domain/ports/archive.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { runCommand } from '../../builders/run-command.ts';

const KEY = 'correct horse battery staple';
const DAY = Date.UTC(2026, 10, 25);
const NOW = DAY + 3 * DAY_MS;
const MAIN = path.resolve(import.meta.dirname, '../../../src/main.ts');

describe('license-watch archive verify', () => {
  let folder: string;
  let file: string;
  let env: Record<string, string>;
  const open = (...archiveKeys: string[]) => openStore({ url: `file:${file}`, archiveKeys });
  const verify = (...args: string[]) => runCommand(archive, ['verify', ...args], { env });
  /** What somebody can do who may write to the database: nothing stops them. */
  function tamper(statements: string): void {
    const database = new DatabaseSync(file);
    for (const { name } of database.prepare(`select name from sqlite_master where type = 'trigger'`).all())
      database.exec(`drop trigger "${name}"`);
    database.exec(statements);
    database.close();
  }

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
    file = path.join(folder, 'watch.db');
    env = { DATABASE_URL: `file:${file}`, ARCHIVE_KEY: KEY };
    const store = await open(KEY);
    for (const [index, id] of ['a', 'b', 'c'].entries()) {
      const at = DAY + index * DAY_MS;
      const who = { kind: 'user' as const, id: null, name: `${id}@contoso.com` };
      await store.audit.append([anArchivedEvent({ id, at, actor: who, targets: [] })], at);
    }
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  describe('of an export', () => {
    const QUESTIONS = [['audit'], ['all audit records in November 2026']];
    const headIn = (err: string): string => / (\d+:[\w-]{43})$/m.exec(err)?.[1] ?? '';

    it.each(QUESTIONS)('“%s” says which head covers the records, which verify then holds', async (what) => {
      const { code, out, err } = await runCommand(exportRows, [what], { env });
      expect(code).toBe(EXIT_OK);
      expect(out).toContain('@contoso.com');
      expect(out).not.toContain('archive verify');
      expect(err).toContain('(sealed with a key)');
      const store = await open(KEY);
      const later = anArchivedEvent({ id: 'later', at: NOW });
      await store.audit.append([later], NOW);
      await store.close();
      expect((await verify('--head', headIn(err))).code).toBe(EXIT_OK);
      tamper(`update audit_events set raw = '{}' where id = 'b'`);
      expect((await verify('--head', headIn(err))).code).toBe(EXIT_FAILURE);
    });

    it('shows that records were taken out with their links since', async () => {
      const { err } = await runCommand(exportRows, ['audit'], { env });
      tamper(`delete from archive_links where seq = 3; delete from audit_events where id = 'c'`);
      expect((await verify()).out).not.toContain('noted outside');
      expect((await verify('--head', headIn(err))).out).toContain('link 3 was noted outside the database');
    });

    it('says that a chain without a key finds accidents only', async () => {
      const store = await open();
      const at = NOW;
      await store.audit.append([anArchivedEvent({ id: 'keyless', at })], at);
      await store.close();
      const { err } = await runCommand(exportRows, ['audit'], { env });
      expect(err).toContain('sealed without a key, which finds accidents');
    });

    it('says nothing of it where no record of the archive is in the file', async () => {
      expect((await runCommand(exportRows, ['decisions'], { env })).err).toBe('');
      expect((await runCommand(exportRows, ['free seats'], { env })).err).toBe('');
    });
  });

  it('says in a process of its own that all is as it was written, and fails where it is not', async () => {
    const run = () =>
      new Promise<{ code: unknown; out: string }>((resolve) => {
        const surroundings = { cwd: folder, env: { ...process.env, ...env } };
        execFile(process.execPath, [MAIN, 'archive', 'verify'], surroundings, (error, stdout) =>
          resolve({ code: error ? error.code : 0, out: stdout }),
        );
      });
    expect(await run()).toEqual({
      code: EXIT_OK,
      out: expect.stringContaining('The archive is as it was written: 3 records of 3 days.'),
    });
    tamper(`update audit_events set raw = '{}' where id = 'b'`);
    expect(await run()).toEqual({ code: EXIT_FAILURE, out: expect.stringContaining('2026-11-26: ') });
  }, 60_000);

  it.each([
    ['changed', `update audit_events set actor_name = 'mo@contoso.com' where id = 'b'`, '2026-11-26'],
    ['taken out', `delete from audit_events where id = 'c'`, '2026-11-27'],
    [
      'added',
      `insert into audit_events (id, source, at, received_at, operation, workload, result, event, raw)
        select 'x', source, at, received_at, operation, workload, result, event, raw from audit_events where id = 'a'`,
      '2026-11-25',
    ],
  ])('finds a record that was %s, and of which day', async (_, statement, day) => {
    tamper(statement);
    const { code, out } = await verify();
    expect(code).toBe(EXIT_FAILURE);
    expect(out).toContain('The archive is not as it was written: 1 problem.');
    expect(out).toContain(`\n${day}: `);
    const asJson = await verify('--json');
    expect(JSON.parse(asJson.out)).toMatchObject({ ok: false, problemCount: 1, problems: [{ day }] });
  });

  it('tells what a policy and an erasure removed from what was taken out', async () => {
    const store = await open(KEY);
    await store.audit.purge([generalPolicy(2)], NOW);
    const names = { id: null, addresses: ['b@contoso.com'], written: [], chats: [] };
    await store.people.erase(names, 'root', NOW, new AbortController().signal);
    await store.close();
    const fine = await verify();
    expect(fine).toMatchObject({ code: EXIT_OK });
    expect(fine.out).toContain('Removed by AUDIT_RETENTION_DAYS: 1 record.');
    expect(fine.out).toContain('Removed by erasure: 1 record.');
    tamper(`delete from audit_events where id = 'c'`);
    const { code, out } = await verify();
    expect(code).toBe(EXIT_FAILURE);
    expect(out).toContain('1 problem.\n2026-11-27: ');
    expect(out).toContain('Removed by erasure: 1 record.');
  });

  describe('with the newest records and their links taken out together', () => {
    const takeOut = () =>
      tamper(`delete from audit_events where id = 'c'; delete from archive_links where seq = 3;
        update archive_heads set seq = 2, mac = (select mac from archive_links where seq = 2)`);
    const headOf = async () => {
      const store = await open(KEY);
      const head = await store.archive.head();
      await store.close();
      if (head === null) throw new Error('there is no head');
      return head;
    };

    it('needs a head of the log or the SIEM', async () => {
      const head = headText(await headOf());
      expect(await verify('--head', head)).toMatchObject({ code: EXIT_OK });
      takeOut();
      expect(await verify()).toMatchObject({ code: EXIT_OK });
      expect(await verify('--head', head)).toMatchObject({ code: EXIT_FAILURE });
    });

    it('or the file of heads beside the database', async () => {
      await noteHead(`${file}.heads`, '2026-11-27', await headOf());
      expect(await verify()).toMatchObject({ code: EXIT_OK });
      takeOut();
      expect(await verify()).toMatchObject({ code: EXIT_FAILURE });
    });
  });

  it('says that without the key it finds accidents only', async () => {
    env = { DATABASE_URL: `file:${file}` };
    const { out } = await verify();
    expect(out).toContain('Set ARCHIVE_KEY.');
    tamper(`update audit_events set raw = '{}' where id = 'b'`);
    expect(await verify()).toMatchObject({ code: EXIT_FAILURE });
  });

  it('fails with another key than the bot has', async () => {
    env = { ...env, ARCHIVE_KEY: 'another secret of somebody' };
    expect(await verify()).toMatchObject({ code: EXIT_FAILURE });
  });

  it.each([[['--head', 'x']], [['--head', '1:short']], [['--sideways']]])('refuses %j', async (args) => {
    const run = verify(...args).catch((error: NodeJS.ErrnoException) => ({ code: error.code }));
    expect([EXIT_BAD_INPUT, 'ERR_PARSE_ARGS_UNKNOWN_OPTION']).toContain((await run).code);
  });
});
