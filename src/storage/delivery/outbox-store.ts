import { sql } from 'kysely';
import type { AlertNote } from '../../domain/alert/reason.ts';
import { cardSubject } from '../../domain/delivery/card-key.ts';
import type { OutboxStore } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { insertNotes } from './alert-rows.ts';
import { cardOf, noteCard, noteGone, noteSeen, showAgain } from './card-rows.ts';
import { enqueue, OutboxMessage, toQueuedItem } from './outbox-rows.ts';
import { sendPauses } from './send-pauses.ts';

/** What waits to be told, and where the incidents' cards stand. */
export function createOutboxStore(db: Queries): OutboxStore {
  /** One transaction for what became of an item and for the note of it. */
  const noting = (note: AlertNote | undefined, work: (queries: Queries) => Promise<unknown>) =>
    db.transaction().execute(async (transaction) => {
      await work(transaction);
      await insertNotes(transaction, note ? [note] : []);
    });
  return {
    ...sendPauses(db),

    enqueue: (items) => db.transaction().execute((transaction) => enqueue(transaction, items)),

    async due(now) {
      return (await dueItemsQuery(db, now).execute()).map(toQueuedItem);
    },

    async markSending(key, targetKey, unknownSends = 0) {
      await db
        .updateTable('outbox')
        .set({ status: 'sending', target_key: targetKey, unknown_sends: unknownSends })
        .where('key', '=', key)
        .where('done', '=', 0)
        .execute();
    },

    async markSent(key, target, activityId, at, shown, note) {
      await db.transaction().execute(async (transaction) => {
        const row = await transaction
          .updateTable('outbox')
          .set({ status: 'sent', done: 1, target_key: target.key, last_error: null })
          .where('key', '=', key)
          .returning(['message', 'unknown_sends'])
          .executeTakeFirst();
        if (!row) return;
        const message = readStored(OutboxMessage, row.message, `outbox item ${key}`);
        await insertNotes(transaction, note ? [note] : []);
        if ('also' in message && message.also !== undefined) {
          await noteSeen(transaction, message.incidentId, { target, activityId, seenAt: at });
          return;
        }
        const incidentId = cardSubject(message);
        if (incidentId === null || !('revision' in message)) return;
        const { revision } = message;
        const again = row.unknown_sends > 0;
        const card = { incidentId, revision, target, activityId, again, shown: shown ?? null };
        await noteCard(transaction, card, at);
      });
    },

    async markFailed(key, reason, nextAt, maybeSent = false, note) {
      await noting(note, (queries) =>
        queries
          .updateTable('outbox')
          .set((row) => ({
            attempts: row('attempts', '+', 1),
            last_error: reason,
            // What may stand in a channel is looked for there, also when a later try is known to have failed.
            ...(maybeSent
              ? { unknown_sends: row('unknown_sends', '+', 1) }
              : {
                  target_key: sql<string | null>`case when unknown_sends = 0 then null else target_key end`,
                }),
            ...(nextAt === null ? { status: 'failed', done: 1 } : { status: 'pending', not_before: nextAt }),
          }))
          .where('key', '=', key)
          .where('done', '=', 0)
          .execute(),
      );
    },

    async hold(key, until, note) {
      await noting(note, (queries) =>
        queries
          .updateTable('outbox')
          .set({ not_before: until, waits_since: until })
          .where('key', '=', key)
          .where('done', '=', 0)
          .execute(),
      );
    },

    async drop(key, note) {
      await noting(note, (queries) =>
        queries
          .updateTable('outbox')
          .set({ status: 'dropped', done: 1 })
          .where('key', '=', key)
          .where('done', '=', 0)
          .execute(),
      );
    },

    async postedCard(incidentId) {
      const card = await cardOf(db, incidentId);
      return card === null || card.gone ? null : card;
    },

    lastCard: (incidentId) => cardOf(db, incidentId),

    noteSeen: (incidentId, seen) =>
      db.transaction().execute((transaction) => noteSeen(transaction, incidentId, seen)),

    showAgain: (card, how, item) =>
      db.transaction().execute(async (transaction) => {
        if (await showAgain(transaction, card, how, item.notBefore)) await enqueue(transaction, [item]);
      }),

    noteGone: (incidentId, activityId) =>
      db.transaction().execute((transaction) => noteGone(transaction, incidentId, activityId)),

    async backlog(now) {
      const waiting = await db
        .selectFrom('outbox')
        .select((column) => [
          column.fn.countAll<number>().as('count'),
          sql<number | null>`min(coalesce(waits_since, not_before))`.as('oldest'),
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
