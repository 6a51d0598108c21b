import { z } from 'zod';
import type { EscalationStore } from '../../domain/ports.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { enqueue } from './outbox-rows.ts';

const OnCall = z.object({ kind: z.enum(['user', 'tag']), id: z.string(), name: z.string() });

/** Posted cards, and whether somebody reacted. */
export function createEscalationStore(db: Queries): EscalationStore {
  return {
    async start({ key, targetKey, onCall, dueAt }) {
      await db
        .insertInto('escalations')
        .values({
          tenant_id: THE_TENANT,
          key,
          target_key: targetKey,
          on_call: onCall === null ? null : JSON.stringify(onCall),
          due_at: dueAt,
          outcome: null,
          ended_at: null,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'key']).doNothing())
        .execute();
    },

    async due(now) {
      const rows = await dueEscalationsQuery(db, now).execute();
      return rows.map(({ key, target_key: targetKey, on_call, due_at: dueAt }) => ({
        key,
        targetKey,
        onCall: on_call === null ? null : readStored(OnCall, on_call, `the escalation of ${key}`),
        dueAt,
      }));
    },

    async postpone(key, until) {
      await db
        .updateTable('escalations')
        .set({ due_at: until })
        .where('tenant_id', '=', THE_TENANT)
        .where('key', '=', key)
        .where('ended_at', 'is', null)
        .execute();
    },

    async end(key, outcome, at, call) {
      await db.transaction().execute(async (transaction) => {
        const ended = await transaction
          .updateTable('escalations')
          .set({ outcome, ended_at: at })
          .where('tenant_id', '=', THE_TENANT)
          .where('key', '=', key)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        if (call !== null && ended.numUpdatedRows > 0n) await enqueue(transaction, [call]);
      });
    },
  };
}

/** Those that nobody reacted to by now, oldest first. */
export const dueEscalationsQuery = (db: Queries, now: number) =>
  db
    .selectFrom('escalations')
    .select(['key', 'target_key', 'on_call', 'due_at'])
    .where('tenant_id', '=', THE_TENANT)
    .where('ended_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('key');
