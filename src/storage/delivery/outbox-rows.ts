import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { OutboxItem, QueuedItem } from '../../domain/ports.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { OutboxRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';

/** What is to be told, as `outbox.message` holds it. */
export const OutboxMessage: z.ZodType<OutboxItem['message']> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('incident'),
    incidentId: z.string(),
    revision: z.number(),
    also: z.string().optional(),
  }),
  z.object({
    kind: z.literal(['notice', 'call']),
    title: z.string(),
    text: z.string(),
    to: z.string().optional(),
    about: z.string().optional(),
    mention: z.object({ kind: z.enum(['user', 'tag']), id: z.string(), name: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('request'), requestId: z.string(), revision: z.number() }),
  z.object({
    kind: z.literal('security'),
    incidentId: z.string(),
    revision: z.number(),
    also: z.string().optional(),
  }),
]);

/** Queues what was never queued under its key, not even long ago. */
export async function enqueue(db: Queries, items: readonly OutboxItem[]): Promise<void> {
  for (const chunk of insertChunks(items)) {
    await db
      .insertInto('outbox')
      .values(
        chunk.map((item) => ({
          key: item.key,
          message: JSON.stringify(item.message),
          not_before: item.notBefore,
          waits_since: item.notBefore,
          status: 'pending' as const,
          done: 0 as const,
          attempts: 0,
        })),
      )
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
}

/** A waiting item as its row tells. Throws StorageError `corrupt-row`. */
export const toQueuedItem = (row: Selectable<OutboxRow>): QueuedItem => ({
  key: row.key,
  message: readStored(OutboxMessage, row.message, `outbox item ${row.key}`),
  notBefore: row.not_before,
  attempts: row.attempts,
  status: row.status === 'sending' ? 'sending' : 'pending',
  targetKey: row.target_key,
  unknownSends: row.unknown_sends,
});
