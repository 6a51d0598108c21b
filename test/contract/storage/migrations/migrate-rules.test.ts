import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../../src/answers/incident.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { deliver } from '../../../../src/jobs/delivery/deliver.ts';
import { createStore } from '../../../../src/storage/create-store.ts';
import { Fence } from '../../../../src/storage/database/fence.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import type { Tables } from '../../../../src/storage/database/schema.ts';
import { createScansAndUsers } from '../../../../src/storage/migrations/001-initial.ts';
import { createChanges } from '../../../../src/storage/migrations/002-ledger.ts';
import { createIncidents } from '../../../../src/storage/migrations/004-incidents.ts';
import { createOperations } from '../../../../src/storage/migrations/005-operations.ts';
import { createStanding } from '../../../../src/storage/migrations/007-decisions.ts';
import { createSignIns } from '../../../../src/storage/migrations/008-sign-ins.ts';
import { createAudit } from '../../../../src/storage/migrations/records/003-audit.ts';
import { createCoverage } from '../../../../src/storage/migrations/records/006-coverage.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { openPostgresStaging } from '../../../../src/storage/scans/postgres-staging.ts';
import { aChannel, aJobWorld } from '../../../builders/jobs/job-context.ts';

/** Written by the version before notes on alerts were kept, when an incident had one rule for two meanings. */
const WRITTEN_BEFORE = new URL('fixtures/before-alert-notes.db.gz', import.meta.url);

const FORMER = {
  '001-initial': createScansAndUsers,
  '002-ledger': createChanges,
  '003-audit': createAudit,
  '004-incidents': createIncidents,
  '005-operations': createOperations,
  '006-coverage': createCoverage,
  '007-decisions': createStanding,
  '008-sign-ins': createSignIns,
};

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
  file = path.join(folder, 'before.db');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function onSqlite(): Promise<Store> {
  await writeFile(file, gunzipSync(await readFile(WRITTEN_BEFORE)));
  return openStore({ url: `file:${file}` });
}

/** The same rows in PostgreSQL, in the tables that the version before had there. */
async function onPostgres(): Promise<Store> {
  await writeFile(file, gunzipSync(await readFile(WRITTEN_BEFORE)));
  const written = new DatabaseSync(file, { readOnly: true });
  const fence = new Fence('postgres');
  const db = new Kysely<Tables>({ dialect: fence.around(new PGliteDialect({ pglite: new PGlite() })) });
  await sql`create table kysely_migration (name varchar(255) primary key not null, timestamp varchar(255) not null)`.execute(
    db,
  );
  await sql`create table kysely_migration_lock (id varchar(255) primary key not null, is_locked integer default 0 not null)`.execute(
    db,
  );
  await sql`insert into kysely_migration_lock (id, is_locked) values ('migration_lock', 0)`.execute(db);
  for (const [name, step] of Object.entries(FORMER)) {
    await step(db as unknown as Kysely<unknown>, 'postgres');
    await sql`insert into kysely_migration (name, timestamp) values (${name}, '2026-11-01')`.execute(db);
  }
  for (const table of ['incidents', 'standing_rules', 'outbox', 'decisions']) {
    for (const row of written.prepare(`select * from ${table}`).all()) {
      const columns = Object.keys(row).map((name) => sql.ref(name));
      await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(Object.values(row))})`.execute(
        db,
      );
    }
  }
  written.close();
  await migrate(db, 'postgres');
  return createStore({ db, kind: 'postgres', openStaging: openPostgresStaging(db), fence });
}

describe.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
])('a database on %s that the version before wrote', (_name, open) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  }, 60_000);
  afterAll(() => store.close());

  it.each([
    { id: 'exceeded', of: 'is open', hiddenByRuleId: null, exceededRuleId: 'rule-1' },
    { id: 'healed', of: 'was put right', hiddenByRuleId: null, exceededRuleId: 'rule-1' },
    { id: 'hidden', of: 'a rule approved', hiddenByRuleId: 'rule-1', exceededRuleId: null },
    { id: 'merged', of: 'was closed', hiddenByRuleId: 'rule-1', exceededRuleId: null },
    { id: 'made', of: 'the rule was made of', hiddenByRuleId: null, exceededRuleId: null },
    { id: 'plain', of: 'no rule is about', hiddenByRuleId: null, exceededRuleId: null },
  ])('has the rule of the incident that $of in its place', async ({ id, hiddenByRuleId, exceededRuleId }) => {
    const incident = await store.incidents.byId(id);
    expect(incident).toMatchObject({ hiddenByRuleId, exceededRuleId });
    expect(incident).not.toHaveProperty('ruleId');
  });

  it('sends what waits for its first card, also where it exceeded its rule and was put right meanwhile', async () => {
    const world = await aJobWorld();
    await store.conversations.upsert(aChannel());
    world.clock.advance(7 * 24 * 60 * 60_000);
    const context = { ...world.context, store };
    await deliver(context, (id, sees) => loadIncidentView(store, id, { now: world.clock.now(), sees }));
    expect(world.notifier.sent.map(({ message }) => message.key).sort()).toEqual([
      'incident:exceeded',
      'incident:healed',
    ]);
  });
});
