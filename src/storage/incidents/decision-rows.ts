import type * as domain from '../../domain/incident/decision.ts';
import type { Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { Decision } from './decision-json.ts';

/** Adds one decision to the log. */
export async function insertDecision(db: Queries, decision: domain.Decision): Promise<void> {
  await db
    .insertInto('decisions')
    .values({
      id: decision.id,
      at: decision.at,
      incident_id: decision.incidentId,
      body: JSON.stringify(decision),
    })
    .execute();
}

/** The decision that a row tells. Throws StorageError `corrupt-row`. */
export const toDecision = (row: { id: string; body: string }): domain.Decision =>
  readStored(Decision, row.body, `decision ${row.id}`);

/** How many decisions are read at a time. */
const DECISIONS_PER_CHUNK = 500;

/** Where a chunk of the log ended. */
export type LogPlace = { at: number; rowNo: number };

/**
 * Decisions of a half-open range, ms UTC, oldest first, in chunks. Each chunk is a query of its own, so that
 * nobody waits for a reader of years of them.
 */
export async function* decisionsBetween(
  db: Queries,
  from: number,
  to: number,
): AsyncGenerator<domain.Decision[]> {
  let after: LogPlace = { at: from, rowNo: -1 };
  for (;;) {
    const rows = await decisionsQuery(db, after, to).limit(DECISIONS_PER_CHUNK).execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(toDecision);
    if (rows.length < DECISIONS_PER_CHUNK) return;
    after = { at: last.at, rowNo: last.row_no };
  }
}

/** Decisions after a place in the log and before a time, oldest first. */
export const decisionsQuery = (db: Queries, after: LogPlace, to: number) =>
  db
    .selectFrom('decisions')
    .select(['row_no', 'id', 'at', 'body'])
    .where('at', '>=', after.at)
    .where('at', '<', to)
    .where((where) => where.or([where('at', '>', after.at), where('row_no', '>', after.rowNo)]))
    .orderBy('at')
    .orderBy('row_no');
