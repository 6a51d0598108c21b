import type { OutboxStore } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';

/** How long nothing is sent to a conversation after sends in vain. */
export const sendPauses = (
  db: Queries,
): Pick<OutboxStore, 'pause' | 'setPause' | 'endPause' | 'endPauses'> => ({
  async pause(targetKey) {
    const row = await db
      .selectFrom('conversations')
      .select(['paused_until', 'pause_asked', 'failed_sends'])
      .where('key', '=', targetKey)
      .executeTakeFirst();
    if (!row || row.paused_until === null) return null;
    return { until: row.paused_until, tries: row.failed_sends, asked: row.pause_asked === 1 };
  },

  async setPause(targetKey, { until, tries, asked }) {
    await db
      .updateTable('conversations')
      .set({ paused_until: until, failed_sends: tries, pause_asked: asked ? 1 : 0 })
      .where('key', '=', targetKey)
      .execute();
  },

  async endPause(targetKey, now) {
    const ended = await db
      .updateTable('conversations')
      .set({ paused_until: null, failed_sends: 0, pause_asked: 0 })
      .where('key', '=', targetKey)
      .where('paused_until', 'is not', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows > 0n) await this.endPauses(now);
  },

  async endPauses(now) {
    const ended = await db
      .updateTable('conversations')
      .set({ paused_until: null, failed_sends: 0 })
      .where('paused_until', 'is not', null)
      .where('pause_asked', '=', 0)
      .executeTakeFirst();
    const hastened = await db
      .updateTable('outbox')
      .set({ not_before: now })
      .where('done', '=', 0)
      .where('attempts', '>', 0)
      .where('not_before', '>', now)
      .executeTakeFirst();
    return ended.numUpdatedRows + hastened.numUpdatedRows > 0n;
  },
});
