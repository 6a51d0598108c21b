import type { LatestTimes } from '../../domain/ports.ts';
import type { Queries } from './connection.ts';

/**
 * Makes due what was noted for later while the clock was ahead: changes that would settle for longer than `settleMs`
 * from now, and messages that wait for no snooze. A message that is tried early does no harm, one that waits for hours
 * does. What a service asked to wait for by more than `longestPauseMs` was asked by another clock, too.
 * @param now ms UTC
 */
export const bringForward = (
  db: Queries,
  now: number,
  { settleMs, longestPauseMs, snoozeEnds }: LatestTimes,
): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('change_settling')
      .set({ due_at: now })
      .where('due_at', '>', now + settleMs)
      .execute();
    await transaction
      .updateTable('outbox')
      .set({ not_before: now })
      .where('done', '=', 0)
      .where('not_before', '>', now)
      // A card that a snooze holds back waits for the very end of it.
      .$if(snoozeEnds.length > 0, (query) => query.where('not_before', 'not in', [...snoozeEnds]))
      .execute();
    await transaction
      .updateTable('conversations')
      .set({ paused_until: null, pause_asked: 0 })
      .where('paused_until', '>', now + longestPauseMs)
      .execute();
  });
