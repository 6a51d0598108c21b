import type { DigestStore } from '../../domain/ports.ts';
import { type DatabaseKind, isOneOf, type Queries, THE_TENANT } from '../database/connection.ts';
import { insertDigestEntries } from './digest-rows.ts';
import { enqueue } from './outbox-rows.ts';

/** Lines for the next digest. */
export function createDigestStore(db: Queries, kind: DatabaseKind): DigestStore {
  return {
    add: (entries) => db.transaction().execute((transaction) => insertDigestEntries(transaction, entries)),

    async due(now) {
      const rows = await dueEntriesQuery(db, now).execute();
      return rows.map(({ target_key: targetKey, due_at: dueAt, ...row }) => ({ ...row, targetKey, dueAt }));
    },

    async tell(targetKey, keys, message, at) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('digest_entries')
          .set({ told_at: at })
          .where('tenant_id', '=', THE_TENANT)
          .where('told_at', 'is', null)
          .where('target_key', '=', targetKey)
          .where(isOneOf(kind, 'key', keys))
          .execute();
        await enqueue(transaction, [message]);
      });
    },

    async purge(before) {
      const removed = await db
        .deleteFrom('digest_entries')
        .where('tenant_id', '=', THE_TENANT)
        .where('told_at', '<', before)
        .executeTakeFirst();
      return Number(removed.numDeletedRows);
    },
  };
}

/** Entries whose digest is due, not told yet, oldest first. */
export const dueEntriesQuery = (db: Queries, now: number) =>
  db
    .selectFrom('digest_entries')
    .select(['key', 'target_key', 'at', 'due_at', 'why', 'line', 'class'])
    .where('tenant_id', '=', THE_TENANT)
    .where('told_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('at')
    .orderBy('key');
