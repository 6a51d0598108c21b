import { z } from 'zod';
import type { HoldStore, LegalHold } from '../../domain/ports/holds.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';

const Names = z.array(z.string());

/** People whose records are kept. An ended hold stays as a row: who was on hold, and for how long. */
export function createHoldStore(db: Queries): HoldStore {
  const inForce = () =>
    db
      .selectFrom('legal_holds')
      .selectAll()
      .where('tenant_id', '=', THE_TENANT)
      .where('ended_at', 'is', null);
  return {
    async inForce() {
      const rows = await inForce().orderBy('since').execute();
      return rows.map(
        (row): LegalHold => ({
          personId: row.person_id,
          names: readStored(Names, row.names, `the hold of ${row.person_id}`),
          reason: row.reason,
          since: row.since,
          endedAt: row.ended_at,
        }),
      );
    },

    async put({ personId, names, reason, since }) {
      await db.transaction().execute(async (transaction) => {
        const known = await transaction
          .selectFrom('legal_holds')
          .select(['since', 'names'])
          .where('tenant_id', '=', THE_TENANT)
          .where('person_id', '=', personId)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        const before = known ? readStored(Names, known.names, `the hold of ${personId}`) : [];
        const texts = { names: JSON.stringify([...new Set([...before, ...names])]), reason };
        if (known) {
          await transaction
            .updateTable('legal_holds')
            .set(texts)
            .where('tenant_id', '=', THE_TENANT)
            .where('person_id', '=', personId)
            .where('since', '=', known.since)
            .execute();
          return;
        }
        await transaction
          .insertInto('legal_holds')
          .values({ tenant_id: THE_TENANT, person_id: personId, ...texts, since, ended_at: null })
          .execute();
      });
    },

    async end(personId, at) {
      const { numUpdatedRows } = await db
        .updateTable('legal_holds')
        .set({ ended_at: at })
        .where('tenant_id', '=', THE_TENANT)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
