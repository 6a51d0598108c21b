import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createStore, type OpenDatabase } from '../../../../src/storage/create-store.ts';
import type { DatabaseKind } from '../../../../src/storage/database/connection.ts';
import { Fence } from '../../../../src/storage/database/fence.ts';
import { migrate } from '../../../../src/storage/database/migrate.ts';
import type { Tables } from '../../../../src/storage/database/schema.ts';
import { createScansAndUsers } from '../../../../src/storage/migrations/001-initial.ts';
import { createChanges } from '../../../../src/storage/migrations/002-ledger.ts';
import { createIncidents } from '../../../../src/storage/migrations/004-incidents.ts';
import { createOperations } from '../../../../src/storage/migrations/005-operations.ts';
import { createAudit } from '../../../../src/storage/migrations/records/003-audit.ts';
import { createCoverage } from '../../../../src/storage/migrations/records/006-coverage.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { openPostgresStaging } from '../../../../src/storage/scans/postgres-staging.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';

const FORMER = {
  '001-initial': createScansAndUsers,
  '002-ledger': createChanges,
  '003-audit': createAudit,
  '004-incidents': createIncidents,
  '005-operations': createOperations,
  '006-coverage': createCoverage,
};

const databases: [DatabaseKind, () => Promise<OpenDatabase>][] = [
  ['sqlite', () => openSqlite(':memory:')],
  [
    'postgres',
    async () => {
      const fence = new Fence('postgres');
      const db = new Kysely<Tables>({ dialect: fence.around(new PGliteDialect({ pglite: new PGlite() })) });
      return { db, kind: 'postgres', openStaging: openPostgresStaging(db), fence };
    },
  ],
];

/** Brings a database to the form that the version before the steps had, and says so to the migrator. */
async function asBefore({ db, kind }: OpenDatabase): Promise<void> {
  await sql`create table kysely_migration (name varchar(255) primary key not null, timestamp varchar(255) not null)`.execute(
    db,
  );
  await sql`create table kysely_migration_lock (id varchar(255) primary key not null, is_locked integer default 0 not null)`.execute(
    db,
  );
  await sql`insert into kysely_migration_lock (id, is_locked) values ('migration_lock', 0)`.execute(db);
  for (const [name, step] of Object.entries(FORMER)) {
    await step(db as unknown as Kysely<unknown>, kind);
    await sql`insert into kysely_migration (name, timestamp) values (${name}, '2026-11-01T00:00:00Z')`.execute(
      db,
    );
  }
}

const LICENSES = [{ skuId: 's1', disabledPlans: ['p1'] }];

/** An incident, a decision and its steps, as that version wrote them. */
async function fill({ db }: OpenDatabase): Promise<void> {
  const { request, hiddenByRuleId, exceededRuleId, undoneUserIds, watched, ...incident } = anIncident();
  await sql`insert into incidents (id, fingerprint, status, opened_at, revision, body)
    values (${incident.id}, ${incident.fingerprint}, 'open', ${incident.openedAt}, 1, ${JSON.stringify(incident)})`.execute(
    db,
  );
  const { way, about, subject, ...decision } = aDecision();
  await sql`insert into decisions (id, at, incident_id, body)
    values (${decision.id}, ${decision.at}, ${decision.incidentId}, ${JSON.stringify(decision)})`.execute(db);
  const steps: [number, string, string | null][] = [
    [1, 'done', null],
    [2, 'planned', null],
    [3, 'refused', 'No seat is left.'],
  ];
  for (const [stepNo, status, message] of steps) {
    await sql`insert into restore_steps (decision_id, step_no, user_id, add_licenses, status, message, updated_at)
      values (${decision.id}, ${stepNo}, ${`u${stepNo}`}, ${JSON.stringify(LICENSES)}, ${status}, ${message}, 1700000000000)`.execute(
      db,
    );
  }
}

describe.each(databases)('a %s database of the version before', (_kind, openDatabase) => {
  it('keeps its incidents, decisions and steps, and lets those that wait be carried out', async () => {
    const open = await openDatabase();
    await asBefore(open);
    await fill(open);
    await migrate(open.db, open.kind);
    const store = createStore(open);

    expect(await store.incidents.open()).toEqual([anIncident()]);
    expect(await store.decisions.byIncident('incident-1')).toEqual([aDecision({ way: null })]);
    const step = (stepNo: number) => ({
      decisionId: 'decision-1',
      stepNo,
      action: { kind: 'assign', userId: `u${stepNo}`, licenses: LICENSES },
      userIds: [`u${stepNo}`],
      updatedAt: 1_700_000_000_000,
    });
    const nothing = { undo: null, code: null, message: null };
    const takenBack = { kind: 'unassign', userId: 'u2', skuIds: ['s1'] };
    expect(await store.decisions.stepsOf('decision-1')).toEqual([
      { ...step(1), ...nothing, status: 'done' },
      { ...step(2), ...nothing, status: 'planned', undo: takenBack },
      { ...step(3), ...nothing, status: 'refused', code: 'refused', message: 'No seat is left.' },
    ]);
    expect(
      (await store.decisions.claim(await store.decisions.openSteps(), 1)).map(({ stepNo }) => stepNo),
    ).toEqual([2]);
    await expect(sql`select 1 from restore_steps`.execute(open.db)).rejects.toThrow();
    await store.close();
  });

  it('is migrated once: a second start changes nothing', async () => {
    const open = await openDatabase();
    await asBefore(open);
    await fill(open);
    await migrate(open.db, open.kind);
    await migrate(open.db, open.kind);
    expect(await createStore(open).decisions.stepsOf('decision-1')).toHaveLength(3);
    await open.db.destroy();
  });
});
