import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { HeldLease, LeaseStore, LeaseTerm } from '../../domain/ports.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { databaseNow } from '../database/database-now.ts';
import type { Fence } from '../database/fence.ts';
import type { LeaseRow } from '../database/schema-running.ts';

/** Until one database serves many tenants, their leases are those of the whole. */
const TENANT = '';

/**
 * Leases: with several processes on one database, one does the work. They are compared by the database's clock,
 * and their tokens only grow. What is done with a lease itself belongs to no term.
 */
export function createLeaseStore(db: Queries, kind: DatabaseKind, fence: Fence): LeaseStore {
  const now = databaseNow(kind);
  const fromNow = (length: number): RawBuilder<number> => sql`${now} + cast(${length} as bigint)`;
  const rowOf = (queries: Queries, name: string) =>
    queries.selectFrom('leases').selectAll().where('name', '=', name);
  const ours = (term: LeaseTerm) => ({ name: term.name, token: term.token });

  return {
    oneMachine: kind === 'sqlite',

    async current(name, length) {
      const row = await rowOf(db, name).select(now.as('now')).executeTakeFirst();
      return row ? { ...held(row), time: timeOf(row.expires_at, Number(row.now), length) } : null;
    },

    take: (name, holder, length, seen) =>
      fence.outside(() =>
        db.transaction().execute(async (transaction) => {
          const token = await nextToken(transaction, name);
          const row = await rowOf(transaction, name).executeTakeFirst();
          if (!isAsSeen(row, seen)) return null;
          await transaction
            .updateTable('lease_terms')
            .set({ last_token: token })
            .where('tenant_id', '=', TENANT)
            .where('name', '=', name)
            .execute();
          const taken = { holder, token, renewals: 0, expires_at: fromNow(length) };
          await transaction
            .insertInto('leases')
            .values({ name, ...taken })
            .onConflict((conflict) => conflict.column('name').doUpdateSet(taken))
            .execute();
          return { name, token };
        }),
      ),

    renew: (term, length) =>
      fence.outside(async () => {
        const { numUpdatedRows } = await db
          .updateTable('leases')
          .set((row) => ({ expires_at: fromNow(length), renewals: row('renewals', '+', 1) }))
          .where((where) => where.and(ours(term)))
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),

    release: (term) =>
      fence.outside(async () => {
        await db
          .deleteFrom('leases')
          .where((where) => where.and(ours(term)))
          .execute();
      }),

    under: (term, work) => fence.under(term, work),
  };
}

/** The next term's number. The update locks the row, so that terms begin one after the other. */
async function nextToken(db: Queries, name: string): Promise<number> {
  await db
    .insertInto('lease_terms')
    .values({ tenant_id: TENANT, name, last_token: 0 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name']).doNothing())
    .execute();
  const { last_token } = await db
    .updateTable('lease_terms')
    .set((row) => ({ last_token: row.ref('last_token') }))
    .where('tenant_id', '=', TENANT)
    .where('name', '=', name)
    .returning('last_token')
    .executeTakeFirstOrThrow();
  return last_token + 1;
}

const held = (row: Selectable<LeaseRow>): Omit<HeldLease, 'time'> => ({
  name: row.name,
  holder: row.holder,
  token: row.token,
  renewals: row.renewals,
  expiresAt: row.expires_at,
});

function isAsSeen(row: Selectable<LeaseRow> | undefined, seen: HeldLease | null): boolean {
  if (row === undefined || seen === null) return row === undefined && seen === null;
  const { holder, token, renewals, expires_at: expiresAt } = row;
  return (
    holder === seen.holder &&
    token === seen.token &&
    renewals === seen.renewals &&
    expiresAt === seen.expiresAt
  );
}

function timeOf(expiresAt: number, now: number, length: number): HeldLease['time'] {
  if (expiresAt <= now) return 'over';
  return expiresAt > now + length ? 'too-far-ahead' : 'running';
}
