import type { ArchiveStore } from '../../domain/ports/archive.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import type { Chain } from './chain.ts';
import type { ArchiveKey } from './link.ts';
import { verifyChain } from './verify.ts';

/** The proof of the archive. `keys`: those that may have sealed it, the present one first. */
export function createArchiveStore(db: Queries, chain: Chain, keys: readonly ArchiveKey[]): ArchiveStore {
  return {
    verify: (known, signal) => verifyChain(db, keys, known, signal),
    async head() {
      const row = await db
        .selectFrom('archive_heads')
        .select(['seq', 'mac'])
        .where('tenant_id', '=', THE_TENANT)
        .executeTakeFirst();
      return row && row.seq > 0 ? row : null;
    },
    sealOlder: (at) => chain.sealOlder(db, at),
  };
}
