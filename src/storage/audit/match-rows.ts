import { z } from 'zod';
import type { RuleMatch } from '../../domain/detection/evaluate.ts';
import type { StoredMatch } from '../../domain/ports.ts';
import {
  type DatabaseKind,
  insertChunks,
  isOneOf,
  type Queries,
  THE_TENANT,
} from '../database/connection.ts';
import type { DetectionMatchRow } from '../database/schema-security.ts';
import { readStored } from '../database/stored-json.ts';
import type { WriteRows } from '../database/write-rows.ts';

/** Names with their texts: labels of a match, or fields. */
export const Texts: z.ZodType<Record<string, string>> = z.record(z.string(), z.string());

const INSERT_MATCH = `insert into detection_matches
  (tenant_id, rule_id, record_id, at, received_at, together, kind, labels, fields)
  values ('${THE_TENANT}', ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`;

/** Writes what new records match, inside the caller's transaction. A rule matches a record once. */
export async function insertMatches(
  db: Queries,
  writeRows: WriteRows | undefined,
  matches: readonly RuleMatch[],
  receivedAt: number,
): Promise<void> {
  if (writeRows) {
    writeRows(
      INSERT_MATCH,
      matches.map(({ ruleId, recordId, at, together, kind, labels, values }) => [
        ruleId,
        recordId,
        at,
        receivedAt,
        together,
        kind,
        JSON.stringify(labels),
        JSON.stringify(values),
      ]),
    );
    return;
  }
  for (const chunk of insertChunks(matches)) {
    await db
      .insertInto('detection_matches')
      .values(
        chunk.map((match) => ({
          tenant_id: THE_TENANT,
          rule_id: match.ruleId,
          record_id: match.recordId,
          at: match.at,
          received_at: receivedAt,
          together: match.together,
          kind: match.kind,
          labels: JSON.stringify(match.labels),
          fields: JSON.stringify(match.values),
          told_at: null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['tenant_id', 'rule_id', 'record_id']).doNothing())
      .execute();
  }
}

/**
 * Notes that matches have been looked at, inside the caller's transaction.
 * @returns false where one of them was looked at before
 */
export async function markTold(
  db: Queries,
  kind: DatabaseKind,
  matches: readonly Pick<RuleMatch, 'ruleId' | 'recordId'>[],
  at: number,
): Promise<boolean> {
  for (const [ruleId, ofRule] of Map.groupBy(matches, ({ ruleId }) => ruleId)) {
    const records = [...new Set(ofRule.map(({ recordId }) => recordId))];
    const updated = await db
      .updateTable('detection_matches')
      .set({ told_at: at })
      .where('tenant_id', '=', THE_TENANT)
      .where('rule_id', '=', ruleId)
      .where(isOneOf(kind, 'record_id', records))
      .where('told_at', 'is', null)
      .executeTakeFirst();
    if (updated.numUpdatedRows !== BigInt(records.length)) return false;
  }
  return true;
}

/** The match that a row tells. Throws StorageError `corrupt-row`. */
export function toMatch(row: DetectionMatchRow): StoredMatch {
  const where = `the match of ${row.rule_id} with ${row.record_id}`;
  return {
    ruleId: row.rule_id,
    recordId: row.record_id,
    at: row.at,
    receivedAt: row.received_at,
    together: row.together,
    kind: row.kind,
    labels: readStored(Texts, row.labels, where),
    values: readStored(Texts, row.fields, where),
  };
}

/** Matches that nobody has looked at, in the order in which they came. */
export const pendingMatchesQuery = (db: Queries, limit: number) =>
  db
    .selectFrom('detection_matches')
    .selectAll()
    .where('tenant_id', '=', THE_TENANT)
    .where('told_at', 'is', null)
    .orderBy('received_at')
    .orderBy('at')
    .orderBy('record_id')
    .orderBy('rule_id')
    .limit(limit);
