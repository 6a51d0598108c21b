import type { LeaseStore } from '../domain/ports.ts';
import type { Queries } from './connection.ts';

/** Leases: with several processes on one database, one does the work. */
export function createLeaseStore(db: Queries): LeaseStore {
  return {
    async acquire(name, holder, now, ttl) {
      // One statement, so that of two who ask at once only one gets a row back.
      const taken = await db
        .insertInto('leases')
        .values({ name, holder, expires_at: now + ttl })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ holder, expires_at: now + ttl })
            .where((where) =>
              where.or([where('leases.holder', '=', holder), where('leases.expires_at', '<=', now)]),
            ),
        )
        .returning('name')
        .executeTakeFirst();
      return taken !== undefined;
    },

    async release(name, holder) {
      await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
    },

    async holder(name) {
      const row = await db.selectFrom('leases').select('holder').where('name', '=', name).executeTakeFirst();
      return row?.holder ?? null;
    },
  };
}
