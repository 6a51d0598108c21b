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
    async seal() {
      const row = await db
        .selectFrom('archive_heads as head')
        .innerJoin('archive_links as link', (join) =>
          join.onRef('link.tenant_id', '=', 'head.tenant_id').onRef('link.seq', '=', 'head.seq'),
        )
        .select(['head.seq', 'head.mac', 'head.older_from', 'head.older_to', 'link.key_id'])
        .where('head.tenant_id', '=', THE_TENANT)
        .executeTakeFirst();
      if (!row) return null;
      const { seq, mac, older_from, older_to, key_id } = row;
      return { seq, mac, hasKey: key_id !== '', isWhole: older_from > older_to };
    },
    sealOlder: (at) => chain.sealOlder(db, at),
  };
}
