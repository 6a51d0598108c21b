import type { Selectable } from 'kysely';
import type { ScanRecord } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';
import type { ScanRow } from '../database/schema.ts';

/** Writes how a scan ended. */
export async function recordScan(db: Queries, record: ScanRecord): Promise<void> {
  await db
    .insertInto('scans')
    .values({
      id: record.id,
      kind: record.kind,
      started_at: record.startedAt,
      finished_at: record.finishedAt,
      outcome: record.outcome,
      reason_code: record.reasonCode,
      reason: record.reason,
      users_read: record.usersRead,
      changes: record.changes,
    })
    .execute();
}

/** The record that a row tells. */
export const toScanRecord = (row: Selectable<ScanRow>): ScanRecord => ({
  id: row.id,
  kind: row.kind,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  outcome: row.outcome,
  reasonCode: row.reason_code,
  reason: row.reason,
  usersRead: row.users_read,
  changes: row.changes,
});
