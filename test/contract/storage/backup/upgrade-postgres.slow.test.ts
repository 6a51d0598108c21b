import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createScansAndUsers } from '../../../../src/storage/migrations/001-initial.ts';
import { createChanges } from '../../../../src/storage/migrations/002-ledger.ts';
import { createIncidents } from '../../../../src/storage/migrations/004-incidents.ts';
import { createOperations } from '../../../../src/storage/migrations/005-operations.ts';
import { createStanding } from '../../../../src/storage/migrations/007-decisions.ts';
import { createSignIns } from '../../../../src/storage/migrations/008-sign-ins.ts';
import { createAudit } from '../../../../src/storage/migrations/records/003-audit.ts';
import { createCoverage } from '../../../../src/storage/migrations/records/006-coverage.ts';
import { openPostgres } from '../../../../src/storage/open-postgres.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { aPostgresDatabase, type TestDatabase } from '../../../postgres/database.ts';

const FIRST_VERSION = gunzipSync(readFileSync(new URL('first-version.db.gz', import.meta.url)));
/** The steps of the first version. */
const STEPS = [
  createScansAndUsers,
  createChanges,
  createAudit,
  createIncidents,
  createOperations,
  createCoverage,
  createStanding,
  createSignIns,
];

let folder: string;
let source: DatabaseSync;
let database: TestDatabase;
let client: pg.Client;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-upgrade-'));
  await writeFile(path.join(folder, 'first.db'), FIRST_VERSION);
  source = new DatabaseSync(path.join(folder, 'first.db'));
  database = await aPostgresDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  source.close();
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const tablesOf = (): string[] =>
  source
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name));

async function rowsIn(table: string): Promise<number> {
  const { rows } = await client.query(`select count(*)::int as n from "${table}"`);
  return rows[0].n;
}

/** The first version's database, on PostgreSQL: its own steps, then the rows that it wrote on SQLite. */
async function asTheFirstVersion(): Promise<void> {
  const { db, kind } = await openPostgres(database.url);
  for (const step of STEPS) await step(db as unknown as Kysely<unknown>, kind);
  for (const { sql: text } of source
    .prepare(`select sql from sqlite_master where name like 'kysely_migration%' and sql is not null`)
    .all())
    await sql.raw(String(text)).execute(db);
  await db.destroy();
  // Rows come in any order: what they refer to may come later.
  await client.query('set session_replication_role = replica');
  for (const table of tablesOf()) {
    await client.query(`delete from "${table}"`);
    for (const row of source.prepare(`select * from "${table}"`).all()) {
      const columns = Object.keys(row);
      const names = columns.map((name) => `"${name}"`).join(', ');
      const places = columns.map((_, index) => `$${index + 1}`).join(', ');
      await client.query(`insert into "${table}" (${names}) values (${places})`, Object.values(row));
    }
  }
  await client.query('set session_replication_role = origin');
}

it('an upgrade from the first version keeps every row on PostgreSQL', async () => {
  await asTheFirstVersion();
  const before = new Map<string, number>();
  for (const table of tablesOf()) before.set(table, await rowsIn(table));
  expect([...before.values()].filter((rows) => rows > 0).length).toBeGreaterThan(15);

  const store = await openStore({ url: database.url });
  expect((await store.users.count()).present).toBe(41);
  const [incident] = await store.incidents.recent(5);
  expect(incident).toMatchObject({ status: 'approved' });
  expect(await store.decisions.byIncident(incident?.id ?? '')).toMatchObject([{ kind: 'approve' }]);
  await store.close();
  const fewer: string[] = [];
  for (const [table, rows] of before) if ((await rowsIn(table)) < rows) fewer.push(table);
  expect(fewer).toEqual([]);
});
