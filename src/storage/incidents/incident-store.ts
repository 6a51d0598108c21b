import { sql } from 'kysely';
import type { IncidentStore } from '../../domain/ports.ts';
import { type DatabaseKind, isUniqueViolation, type Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { commitIncidents, Outrun } from './incident-commit.ts';
import { Incident } from './incident-json.ts';

const toIncident = (row: { id: string; body: string }) =>
  readStored(Incident, row.body, `incident ${row.id}`);

/** Incidents as they stand, written only together with all that belongs to a step of theirs. */
export function createIncidentStore(db: Queries, kind: DatabaseKind): IncidentStore {
  const incidents = () => db.selectFrom('incidents').select(['id', 'body']);
  return {
    async byId(id) {
      const row = await incidents().where('id', '=', id).executeTakeFirst();
      return row ? toIncident(row) : null;
    },

    async open() {
      return (await openIncidentsQuery(db).execute()).map(toIncident);
    },

    async recent(limit) {
      const rows = await incidents()
        .orderBy('opened_at', 'desc')
        .orderBy('row_no', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toIncident);
    },

    async unexplained(openedSince) {
      const rows = await incidents().where('opened_at', '>=', openedSince).orderBy('opened_at').execute();
      // A week has few incidents: which of them are explained is not worth an index.
      return rows.map(toIncident).filter(({ level }) => level === 'unexplained' || level === 'unrecorded');
    },

    async withLateRequest(now) {
      return (await lateRequestsQuery(db, now).execute()).map(toIncident);
    },

    async openByFingerprint(fingerprint) {
      const row = await openIncidentsQuery(db).where('fingerprint', '=', fingerprint).executeTakeFirst();
      return row ? toIncident(row) : null;
    },

    async commit(commit) {
      try {
        await db.transaction().execute((transaction) => commitIncidents(transaction, kind, commit));
        return true;
      } catch (error) {
        // Whoever was first holds the revision, the open fingerprint, the verdict's number or the decision's id.
        if (error instanceof Outrun || isUniqueViolation(error)) return false;
        throw error;
      }
    },
  };
}

/** Open incidents, oldest first. The status is part of the text: only so does SQLite take the partial index. */
export const openIncidentsQuery = (db: Queries) =>
  db
    .selectFrom('incidents')
    .select(['id', 'body'])
    .where('status', '=', sql.lit('open'))
    .orderBy('opened_at')
    .orderBy('row_no');

/** Incidents whose request for a second operator is too late, the longest first. */
export const lateRequestsQuery = (db: Queries, now: number) =>
  db
    .selectFrom('incidents')
    .select(['id', 'body'])
    .where('request_until', '<=', now)
    .orderBy('request_until')
    .orderBy('row_no');
