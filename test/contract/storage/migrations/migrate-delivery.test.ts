import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createStore, type OpenDatabase } from '../../../../src/storage/create-store.ts';
import type { DatabaseKind } from '../../../../src/storage/database/connection.ts';
import { Fence } from '../../../../src/storage/database/fence.ts';
import type { Tables } from '../../../../src/storage/database/schema.ts';
import { createIncidents } from '../../../../src/storage/migrations/004-incidents.ts';
import { createOperations } from '../../../../src/storage/migrations/005-operations.ts';
import { createDelivery } from '../../../../src/storage/migrations/011-delivery.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { openPostgresStaging } from '../../../../src/storage/scans/postgres-staging.ts';

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

describe.each(databases)('what a %s database of the version before had on its way', (_kind, openDatabase) => {
  it('is sent, edited and looked for as before', async () => {
    const open = await openDatabase();
    const db = open.db as unknown as Kysely<unknown>;
    await createIncidents(db, open.kind);
    await createOperations(db, open.kind);
    const message = JSON.stringify({ kind: 'incident', incidentId: 'i-1', revision: 1 });
    await sql`insert into outbox (key, message, not_before, status, done, attempts, target_key, last_error) values
      ('failed', ${message}, 9000, 'pending', 0, 3, null, 'Teams failed (503).'),
      ('under-way', ${message}, 500, 'sending', 0, 0, 'a', null)`.execute(db);
    await sql`insert into posted_cards (incident_id, target_key, target_name, activity_id, revision, posted_at)
      values ('i-0', 'a', 'Alerts', 'activity-1', 4, 100)`.execute(db);
    await sql`insert into conversations (key, kind, name, team_id, reference, alerts, updated_at)
      values ('a', 'channel', 'Alerts', 'team-1', '{}', 1, 1)`.execute(db);

    await createDelivery(db, open.kind);
    const { outbox, conversations } = createStore(open);
    expect(await outbox.due(9_000)).toMatchObject([
      { key: 'failed', targetKey: null, unknownSends: 0 },
      { key: 'under-way', status: 'sending', targetKey: 'a', unknownSends: 0 },
    ]);
    expect(await outbox.backlog(1_000)).toMatchObject({ waiting: 2, oldestAt: 500 });
    expect(await outbox.postedCard('i-0')).toMatchObject({
      activityId: 'activity-1',
      copies: [],
      shown: null,
    });
    expect(await conversations.alertTarget()).toMatchObject({ key: 'a', groupId: null });
    expect(await outbox.pause('a')).toBeNull();
    await open.db.destroy();
  });
});
