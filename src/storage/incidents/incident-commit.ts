import { sql } from 'kysely';
import type { Incident } from '../../domain/incident/incident.ts';
import type { IncidentCommit } from '../../domain/ports.ts';
import { type DatabaseKind, insertChunks, isOneOf, type Queries } from '../database/connection.ts';
import { insertNotes } from '../delivery/alert-rows.ts';
import { enqueue } from '../delivery/outbox-rows.ts';
import { setAlertTarget } from '../operations/conversation-store.ts';
import { writeSecurity } from '../security/security-commit.ts';
import { writeAsked } from './asked-change-store.ts';
import { insertDecision } from './decision-rows.ts';
import { insertSteps } from './step-rows.ts';
import { putRule, putSilence } from './suppression-rows.ts';

/** Somebody else has written the incident since it was read; undoes the transaction. */
export class Outrun extends Error {}

/**
 * Writes one step of incidents' lives with all that belongs to it, inside the caller's transaction.
 * Throws Outrun, or the database's unique violation, when somebody else was first.
 */
export async function commitIncidents(
  db: Queries,
  kind: DatabaseKind,
  commit: IncidentCommit,
): Promise<void> {
  // An incident that closes makes room for an open one with the same fingerprint.
  const incidents = commit.incidents.toSorted(
    (a, b) => Number(a.status === 'open') - Number(b.status === 'open'),
  );
  for (const incident of incidents) await writeIncident(db, incident);
  await linkChanges(db, kind, incidents);
  await addVerdicts(db, commit.verdicts);
  if (commit.settled.length > 0) {
    await db
      .deleteFrom('change_settling')
      .where(isOneOf(kind, 'change_id', commit.settled))
      .execute();
  }
  await enqueue(db, commit.outbox);
  await insertNotes(db, commit.alerts ?? []);
  if (commit.asked && !(await writeAsked(db, commit.asked))) throw new Outrun();
  if (commit.security && !(await writeSecurity(db, kind, commit.security))) throw new Outrun();
  for (const decision of commit.decisions ?? []) await insertDecision(db, decision);
  await insertSteps(db, commit.steps ?? []);
  if (commit.rule) await putRule(db, commit.rule);
  for (const silence of commit.silences ?? []) await putSilence(db, silence);
  if (commit.alertsIn !== undefined) await setAlertTarget(db, commit.alertsIn);
}

async function writeIncident(db: Queries, incident: Incident): Promise<void> {
  const { id, fingerprint, status, revision } = incident;
  const body = JSON.stringify(incident);
  const request_until = incident.request?.expiresAt ?? null;
  const row = { fingerprint, status, opened_at: incident.openedAt, revision, body, request_until };
  const updated = await db
    .updateTable('incidents')
    .set(row)
    .where('id', '=', id)
    .where('revision', '=', revision - 1)
    .executeTakeFirst();
  if (updated.numUpdatedRows > 0n) return;
  if (revision > 1) throw new Outrun();
  const inserted = await db
    .insertInto('incidents')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Outrun();
}

/** A change belongs to the incident that named it last; when two of one commit do, to the open one. */
async function linkChanges(db: Queries, kind: DatabaseKind, incidents: readonly Incident[]): Promise<void> {
  if (incidents.length === 0) return;
  const ids = incidents.map((incident) => incident.id);
  await db
    .deleteFrom('incident_changes')
    .where(isOneOf(kind, 'incident_id', ids))
    .execute();
  const links = new Map(
    incidents.flatMap((incident) => incident.changeIds.map((changeId) => [changeId, incident.id] as const)),
  );
  for (const chunk of insertChunks([...links])) {
    await db
      .insertInto('incident_changes')
      .values(chunk.map(([change_id, incident_id]) => ({ change_id, incident_id })))
      .onConflict((conflict) =>
        conflict.column('change_id').doUpdateSet((row) => ({ incident_id: row.ref('excluded.incident_id') })),
      )
      .execute();
  }
}

/** Each verdict is one more revision; those before it stay. */
async function addVerdicts(db: Queries, verdicts: IncidentCommit['verdicts']): Promise<void> {
  for (const { changeId, at, verdict } of verdicts) {
    await sql`insert into attributions (change_id, revision, at, level, cause, verdict)
      select ${changeId}, coalesce(max(revision), 0) + 1, cast(${at} as bigint), ${verdict.level},
        ${verdict.cause}, ${JSON.stringify(verdict)}
      from attributions where change_id = ${changeId}`.execute(db);
  }
}
