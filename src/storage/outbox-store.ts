import { sql } from 'kysely';
import type { AlertTarget, OutboxStore } from '../domain/ports.ts';
import type { Queries } from './connection.ts';
import { enqueue, OutboxMessage, toQueuedItem } from './outbox-rows.ts';
import { readStored } from './stored-json.ts';

/** What waits to be told, and where the incidents' cards stand. */
export function createOutboxStore(db: Queries): OutboxStore {
  return {
    enqueue: (items) => db.transaction().execute((transaction) => enqueue(transaction, items)),

    async due(now) {
      return (await dueItemsQuery(db, now).execute()).map(toQueuedItem);
    },

    async markSending(key, targetKey) {
      await db
        .updateTable('outbox')
        .set({ status: 'sending', target_key: targetKey })
        .where('key', '=', key)
        .where('done', '=', 0)
        .execute();
    },

    async markSent(key, target, activityId, at) {
      await db.transaction().execute(async (transaction) => {
        const row = await transaction
          .updateTable('outbox')
          .set({ status: 'sent', done: 1, target_key: target.key, last_error: null })
          .where('key', '=', key)
          .returning('message')
          .executeTakeFirst();
        if (!row) return;
        const message = readStored(OutboxMessage, row.message, `outbox item ${key}`);
        if (message.kind === 'incident') await noteCard(transaction, message, target, activityId, at);
      });
    },

    async markFailed(key, reason, nextAt) {
      await db
        .updateTable('outbox')
        .set((row) => ({
          attempts: row('attempts', '+', 1),
          last_error: reason,
          target_key: null,
          ...(nextAt === null ? { status: 'failed', done: 1 } : { status: 'pending', not_before: nextAt }),
        }))
        .where('key', '=', key)
        .where('done', '=', 0)
        .execute();
    },

    async drop(key) {
      await db
        .updateTable('outbox')
        .set({ status: 'dropped', done: 1 })
        .where('key', '=', key)
        .where('done', '=', 0)
        .execute();
    },

    async postedCard(incidentId) {
      const row = await db
        .selectFrom('posted_cards')
        .selectAll()
        .where('incident_id', '=', incidentId)
        .executeTakeFirst();
      if (!row) return null;
      return {
        incidentId: row.incident_id,
        target: { key: row.target_key, name: row.target_name },
        activityId: row.activity_id,
        revision: row.revision,
        postedAt: row.posted_at,
      };
    },

    async backlog(now) {
      const waiting = await db
        .selectFrom('outbox')
        .select((column) => [
          column.fn.countAll<number>().as('count'),
          column.fn.min('not_before').as('oldest'),
        ])
        .where('done', '=', 0)
        .$if(now !== undefined, (query) =>
          query.where((where) =>
            where.or([where('not_before', '<=', now ?? 0), where('last_error', 'is not', null)]),
          ),
        )
        .executeTakeFirstOrThrow();
      const failed = await lastErrorQuery(db).executeTakeFirst();
      return { waiting: waiting.count, oldestAt: waiting.oldest, lastError: failed?.last_error ?? null };
    },
  };
}

/** Waiting items whose time has come, and those that an earlier process was sending; oldest first. */
export const dueItemsQuery = (db: Queries, now: number) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('done', '=', sql.lit(0))
    .where((where) => where.or([where('status', '=', 'sending'), where('not_before', '<=', now)]))
    .orderBy('row_no');

/** The error of the newest item that waits, or that was given up and after which nothing was sent. */
const lastErrorQuery = (db: Queries) =>
  db
    .selectFrom('outbox')
    .select('last_error')
    .where('last_error', 'is not', null)
    .where('status', 'in', ['pending', 'sending', 'failed'])
    .where((where) =>
      where.or([
        where('done', '=', 0),
        where('row_no', '>', (select) =>
          select
            .selectFrom('outbox as sent')
            .select((column) => column.fn.coalesce(column.fn.max('sent.row_no'), sql.lit(0)).as('row_no'))
            .where('sent.status', '=', 'sent'),
        ),
      ]),
    )
    .orderBy('row_no', 'desc')
    .limit(1);

/** A card that is edited keeps the time at which it was posted. */
async function noteCard(
  db: Queries,
  message: { incidentId: string; revision: number },
  target: AlertTarget,
  activityId: string,
  at: number,
): Promise<void> {
  await db
    .insertInto('posted_cards')
    .values({
      incident_id: message.incidentId,
      target_key: target.key,
      target_name: target.name,
      activity_id: activityId,
      revision: message.revision,
      posted_at: at,
    })
    .onConflict((conflict) =>
      conflict.column('incident_id').doUpdateSet((row) => ({
        target_key: row.ref('excluded.target_key'),
        target_name: row.ref('excluded.target_name'),
        activity_id: row.ref('excluded.activity_id'),
        revision: row.ref('excluded.revision'),
        posted_at: sql<number>`case when posted_cards.activity_id = excluded.activity_id
          then posted_cards.posted_at else excluded.posted_at end`,
      })),
    )
    .execute();
}
