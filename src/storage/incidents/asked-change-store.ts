import { sql } from 'kysely';
import { z } from 'zod';
import type { AskedChangeStore } from '../../domain/ports.ts';
import type * as domain from '../../domain/restore/requests/asked-change.ts';
import { ASKED_ENDINGS } from '../../domain/restore/requests/asked-change.ts';
import { REQUEST_KINDS } from '../../domain/restore/requests/request-kind.ts';
import { type DatabaseKind, isOneOf, type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { Person } from './decision-json.ts';

/** As `asked_changes.body` holds it. */
const AskedChange: z.ZodType<domain.AskedChange> = z.object({
  id: z.string(),
  revision: z.number(),
  by: Person,
  at: z.number(),
  expiresAt: z.number(),
  asked: z.object({
    kind: z.enum([...REQUEST_KINDS, 'undo']),
    userIds: z.array(z.string()),
    skuIds: z.array(z.string()),
    planIds: z.array(z.string()).exactOptional(),
    group: z.object({ id: z.string(), name: z.string() }).exactOptional(),
    undoes: z.string().nullable(),
  }),
  plan: z.string(),
  conversationKey: z.string(),
  ended: z
    .object({ how: z.enum(ASKED_ENDINGS), by: Person, at: z.number(), reason: z.string().nullable() })
    .nullable(),
});

const toAsked = (row: { id: string; body: string }): domain.AskedChange =>
  readStored(AskedChange, row.body, `the request ${row.id} for a second operator`);

/** What waits for a second operator beside any incident. */
export function createAskedChangeStore(db: Queries, kind: DatabaseKind): AskedChangeStore {
  return {
    async waiting() {
      return (await waitingAskedQuery(db).execute()).map(toAsked);
    },

    async byIds(ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('asked_changes')
        .select(['id', 'body'])
        .where('tenant_id', '=', THE_TENANT)
        .where(isOneOf(kind, 'id', ids))
        .execute();
      return rows.map(toAsked);
    },
  };
}

/** What nobody has ended, oldest first; `ended` is part of the text, so that SQLite takes the partial index. */
export const waitingAskedQuery = (db: Queries) =>
  db
    .selectFrom('asked_changes')
    .select(['id', 'body'])
    .where('tenant_id', '=', THE_TENANT)
    .where('ended', '=', sql.lit(0))
    .orderBy('asked_at');

/**
 * Writes a request over the revision before, inside the caller's transaction.
 * @returns false when somebody else was first
 */
export async function writeAsked(db: Queries, asked: domain.AskedChange): Promise<boolean> {
  const { id, revision, at } = asked;
  const row = { revision, ended: asked.ended === null ? 0 : 1, body: JSON.stringify(asked) } as const;
  if (revision === 1) {
    const inserted = await db
      .insertInto('asked_changes')
      .values({ tenant_id: THE_TENANT, id, asked_at: at, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const updated = await db
    .updateTable('asked_changes')
    .set(row)
    .where('tenant_id', '=', THE_TENANT)
    .where('id', '=', id)
    .where('revision', '=', revision - 1)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}
