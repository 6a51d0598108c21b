import type { OwnAccessStore } from '../../domain/ports.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';

/** Which permissions the tenant gives us, as it was known last. */
export function createOwnAccessStore(db: Queries): OwnAccessStore {
  return {
    async known() {
      const rows = await db
        .selectFrom('own_access')
        .select(['permission', 'held', 'since'])
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('permission')
        .execute();
      return rows.map(({ permission, held, since }) => ({
        permission,
        held: Number(held) === 1,
        since: Number(since),
      }));
    },

    async note(rows) {
      if (rows.length === 0) return;
      await db
        .insertInto('own_access')
        .values(
          rows.map(({ permission, held, since }) => ({
            tenant_id: THE_TENANT,
            permission,
            held: held ? 1 : 0,
            since,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'permission'])
            .doUpdateSet(({ ref }) => ({ held: ref('excluded.held'), since: ref('excluded.since') })),
        )
        .execute();
    },
  };
}
