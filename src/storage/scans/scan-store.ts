import type { ScanStore } from '../../domain/ports.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { claimTenant } from './claim-tenant.ts';
import { KnownPages } from './known-pages.ts';
import { toScanRecord } from './scan-record.ts';
import { StoredScanSession } from './scan-session.ts';
import type { OpenStaging } from './scan-staging.ts';
import { stateVersion, watchState } from './watch-state.ts';

/** Scans in the order in which they ended, and the delta link that the last one left. */
export function createScanStore(db: Queries, kind: DatabaseKind, openStaging: OpenStaging): ScanStore {
  const newestFirst = () => db.selectFrom('scans').selectAll().orderBy('row_no', 'desc');
  const knownPages = new KnownPages();
  return {
    async begin() {
      const version = await stateVersion(db);
      return new StoredScanSession({ db, kind, staging: await openStaging(), version, knownPages });
    },

    async last(filter = {}) {
      let query = newestFirst().limit(1);
      if (filter.outcome) query = query.where('outcome', '=', filter.outcome);
      if (filter.kind) query = query.where('kind', '=', filter.kind);
      const row = await query.executeTakeFirst();
      return row ? toScanRecord(row) : null;
    },

    async lastWhole() {
      const row = await newestFirst()
        .where('outcome', '=', 'complete')
        .where('kind', '!=', 'targeted')
        .limit(1)
        .executeTakeFirst();
      return row ? toScanRecord(row) : null;
    },

    async recent(limit) {
      return (await newestFirst().limit(limit).execute()).map(toScanRecord);
    },

    async deltaLink() {
      return (await watchState(db)).delta_link;
    },

    claimTenant: (tenantId) => claimTenant(db, kind, tenantId),
  };
}
