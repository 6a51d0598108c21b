import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createStore } from '../../../../src/storage/create-store.ts';
import { createIncidents } from '../../../../src/storage/migrations/004-incidents.ts';
import { createSecondOperator } from '../../../../src/storage/migrations/013-second-operator.ts';
import { openSqlite } from '../../../../src/storage/open-sqlite.ts';
import { anIncident } from '../../../builders/incident/incident.ts';

it('finds what waited for a second operator on an incident of the version before', async () => {
  const open = await openSqlite(':memory:');
  const db = open.db as unknown as Parameters<typeof createIncidents>[0];
  await createIncidents(db, open.kind);
  const by = { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' };
  const request = { id: 'r', kind: 'undo' as const, by, at: 0, expiresAt: 5_000, userIds: null };
  const waits = anIncident({
    id: 'waits',
    status: 'restored',
    request: { ...request, way: 'as-it-was', undoes: 'd' },
  });
  for (const incident of [waits, anIncident({ id: 'quiet', fingerprint: 'f2' })]) {
    const { id, fingerprint, status, openedAt, revision } = incident;
    await sql`insert into incidents (id, fingerprint, status, opened_at, revision, body)
      values (${id}, ${fingerprint}, ${status}, ${openedAt}, ${revision}, ${JSON.stringify(incident)})`.execute(
      db,
    );
  }
  await createSecondOperator(db, open.kind);
  const { incidents, askedChanges } = createStore(open);
  expect((await incidents.withLateRequest(5_000)).map(({ id }) => id)).toEqual(['waits']);
  expect(await askedChanges.waiting()).toEqual([]);
  await open.db.destroy();
});
