import type { Selectable } from 'kysely';
import type { LicenseChange } from '../../domain/license/change.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { LicenseChangeRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { ChangeDetail, ChangeKind } from './change-json.ts';

/** Adds changes to the ledger, and those that must settle to the waiting ones. */
export async function insertChanges(
  db: Queries,
  changes: readonly LicenseChange[],
  settle: readonly { changeId: string; dueAt: number }[],
): Promise<void> {
  for (const chunk of insertChunks(changes)) {
    await db.insertInto('license_changes').values(chunk.map(toRow)).execute();
  }
  for (const chunk of insertChunks(settle)) {
    await db
      .insertInto('change_settling')
      .values(chunk.map(({ changeId, dueAt }) => ({ change_id: changeId, due_at: dueAt })))
      .execute();
  }
}

const toRow = (change: LicenseChange): Omit<Selectable<LicenseChangeRow>, 'row_no'> => ({
  id: change.id,
  scan_id: change.scanId,
  kind: change.kind,
  user_id: change.userId,
  sku_id: change.skuId,
  new_sku_id: change.newSkuId,
  path: change.path,
  observed_before: change.observedBefore,
  observed_after: change.observedAfter,
  detail: JSON.stringify({
    before: change.before,
    after: change.after,
    user: change.user,
    skuBefore: change.skuBefore,
    skuAfter: change.skuAfter,
  } satisfies ChangeDetail),
});

/** The change that a row tells. Throws StorageError `corrupt-row`. */
export const toChange = (row: Selectable<LicenseChangeRow>): LicenseChange => ({
  id: row.id,
  scanId: row.scan_id,
  kind: readStored(ChangeKind, JSON.stringify(row.kind), `the kind of change ${row.id}`),
  userId: row.user_id,
  skuId: row.sku_id,
  newSkuId: row.new_sku_id,
  path: row.path,
  observedBefore: row.observed_before,
  observedAfter: row.observed_after,
  ...readStored(ChangeDetail, row.detail, `change ${row.id}`),
});
