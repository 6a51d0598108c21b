import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_OK } from '../../../../src/cli/command.ts';
import { restore } from '../../../../src/cli/restore.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { copyBeforeUpgrade } from '../../../../src/storage/backup/copy-before-upgrade.ts';
import { MIGRATION_NAMES } from '../../../../src/storage/database/migrate.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { runCommand } from '../../../builders/run-command.ts';

/** What the first version wrote on the morning of the demo, at migration 008: gzip of its SQLite file. */
const FIRST_VERSION = gunzipSync(readFileSync(new URL('first-version.db.gz', import.meta.url)));
/** The first migration that it lacks. */
const FIRST_NEW = '009-lease-terms';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-upgrade-'));
  file = path.join(folder, 'watch.db');
  await writeFile(file, FIRST_VERSION);
});
afterEach(() => rm(folder, { recursive: true }));

const open = (copies = 3): Promise<Store> => openStore({ url: `file:${file}`, copies });
const upgrade = async (copies?: number): Promise<void> => (await open(copies)).close();
const copies = (): string[] => readdirSync(folder).filter((name) => name.includes('.before-'));

/** All rows of the tables that a version had, by table. */
function rowsOf(database: string, tables?: readonly string[]): Map<string, number> {
  const opened = new DatabaseSync(database, { readOnly: true });
  const names =
    tables ??
    opened
      .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
      .all()
      .map(({ name }) => String(name));
  const rows = names.map((name) => {
    const counted = opened.prepare(`select count(*) as n from "${name}"`).get();
    return [name, Number(counted?.n)] as const;
  });
  opened.close();
  return new Map(rows);
}

describe('an upgrade from the first version', () => {
  it('keeps every row, and the people, incidents and decisions that it tells of', async () => {
    const before = rowsOf(file);
    expect([...before].filter(([, rows]) => rows > 0).length).toBeGreaterThan(15);
    const store = await open();
    expect((await store.users.count()).present).toBe(41);
    expect(await store.changes.find({ limit: 200 })).toHaveLength(before.get('license_changes') ?? 0);
    const [incident] = await store.incidents.recent(5);
    expect(incident).toMatchObject({ status: 'approved' });
    expect(await store.decisions.byIncident(incident?.id ?? '')).toMatchObject([
      { kind: 'approve', reason: 'Moved to another plan' },
    ]);
    expect(await store.outbox.postedCard(incident?.id ?? '')).toMatchObject({
      target: { name: 'License alerts' },
    });
    await store.close();
    const kept = rowsOf(file, [...before.keys()]);
    const lost = [...before].filter(([table, rows]) => (kept.get(table) ?? 0) < rows);
    // The migrator's own table has a row more for each migration.
    expect(lost).toEqual([]);
  });

  it('makes a copy first, which the first version could go on with', async () => {
    const store = await openStore({ url: `file:${file}`, copies: 3, onCopy: (name) => heard.push(name) });
    await store.close();
    expect(heard).toEqual([`${file}.before-${FIRST_NEW}`]);
    expect(rowsOf(`${file}.before-${FIRST_NEW}`).get('kysely_migration')).toBe(8);
    expect(
      await runCommand(restore, [heard[0] ?? ''], { env: { DATABASE_URL: `file:${file}` } }),
    ).toMatchObject({
      code: EXIT_OK,
      out: expect.stringContaining('It is of an earlier version'),
    });
    expect(rowsOf(file).get('kysely_migration')).toBe(8);
    await upgrade();
    expect(rowsOf(file).get('kysely_migration')).toBe(MIGRATION_NAMES.length);
  });
  const heard: string[] = [];

  it('makes none the next time, none of a new database, and none where none is asked for', async () => {
    await upgrade(0);
    expect(copies()).toEqual([]);
    await upgrade();
    await (await openStore({ url: `file:${path.join(folder, 'new.db')}`, copies: 3 })).close();
    expect(copies()).toEqual([]);
  });

  it('keeps as many copies as it is asked to, the newest', async () => {
    for (const name of MIGRATION_NAMES.slice(0, 5)) await writeFile(`${file}.before-${name}`, '');
    await writeFile(`${file}.before-I-touched-it`, 'mine');
    await upgrade(2);
    expect(copies().sort()).toEqual(
      [MIGRATION_NAMES[4], FIRST_NEW, 'I-touched-it'].map((name) => `watch.db.before-${name}`).sort(),
    );
  });

  it('takes no copy of what another process has upgraded meanwhile', async () => {
    const both = await Promise.all([copyBeforeUpgrade(file, 3), upgrade(0)]);
    const [copy] = both;
    if (copy !== null) expect(rowsOf(copy).get('kysely_migration')).toBe(8);
    await upgrade();
    expect(await copyBeforeUpgrade(file, 3)).toBeNull();
  });

  it('changes nothing where the copy cannot be made, and says what to do', async () => {
    // A folder in its place stops everybody, also root, who may write everywhere.
    await mkdir(`${file}.before-${FIRST_NEW}`);
    await expect(open()).rejects.toMatchObject({
      code: 'cannot-copy',
      message: expect.stringMatching(
        /No copy .* before it is upgraded: .*DATABASE_COPIES=0 upgrades without/,
      ),
    });
    expect(rowsOf(file).get('kysely_migration')).toBe(8);
    expect(existsSync(`${file}.before-${FIRST_NEW}`)).toBe(true);
  });
});
