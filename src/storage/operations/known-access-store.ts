import { z } from 'zod';
import type { KnownAccessStore } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';

const Ids = z.array(z.string());

/** What people might read when their roles could last be read. */
export function createKnownAccessStore(db: Queries): KnownAccessStore {
  return {
    async find(tenantId, userId) {
      const row = await db
        .selectFrom('known_access')
        .select(['sees', 'known_at'])
        .where('tenant_id', '=', tenantId)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      if (!row) return null;
      const sees =
        row.sees === null ? null : new Set(readStored(Ids, row.sees, `the known access of ${userId}`));
      return { sees, at: row.known_at };
    },

    async keep(tenantId, userId, known) {
      if (known === null) {
        await db
          .deleteFrom('known_access')
          .where('tenant_id', '=', tenantId)
          .where('user_id', '=', userId)
          .execute();
        return;
      }
      const row = { sees: known.sees === null ? null : JSON.stringify([...known.sees]), known_at: known.at };
      await db
        .insertInto('known_access')
        .values({ tenant_id: tenantId, user_id: userId, ...row })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(row))
        .execute();
    },
  };
}
