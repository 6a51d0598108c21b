import type { RoutesStore } from '../../domain/ports.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';

/** The file of routes that was good last, so that a restart beside a broken one keeps it. */
export const createRoutesStore = (db: Queries): RoutesStore => ({
  async lastGood() {
    const row = await db
      .selectFrom('kept_routes')
      .select('text')
      .where('tenant_id', '=', THE_TENANT)
      .executeTakeFirst();
    return row?.text ?? null;
  },

  async keepGood(text, at) {
    await db
      .insertInto('kept_routes')
      .values({ tenant_id: THE_TENANT, text, at })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ text, at }))
      .execute();
  },
});
