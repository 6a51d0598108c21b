import { MINUTE_MS } from '../../domain/durations.ts';
import { backOff } from '../../domain/pause/back-off.ts';
import type { AlertTarget, QueuedItem, SendFailure, SendObstacle } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { announce } from '../outgoing/alert-notes.ts';
import { answerNote } from './decide-message.ts';

/** One request tries whether Teams is back, however many messages wait: it may do so often. */
const TEAMS_AWAY = { firstMs: 5_000, longestMs: 20_000 };
/** People have to mend the channel or the message. */
const TO_BE_MENDED = { firstMs: 5_000, longestMs: 15 * MINUTE_MS };

/** What is in the way of a send, where the failure does not say it. */
export const obstacleOf = ({ about, retryable }: SendFailure): SendObstacle =>
  about ?? (retryable ? 'teams' : 'channel');

/**
 * Notes a send in vain. Where Teams or the channel is in the way, the whole target pauses, so that what else waits
 * does not run into the same wall; a message that is refused waits alone.
 */
export async function noteFailure(
  { store, clock, log, metrics, random }: JobContext,
  target: AlertTarget,
  item: QueuedItem,
  failure: SendFailure,
  posted: boolean,
): Promise<void> {
  const { reason, retryable, retryAfterMs } = failure;
  const obstacle = obstacleOf(failure);
  metrics.cardDelivered('failed');
  log.warn({ key: item.key, channel: target.key, reason, retryable, obstacle }, 'card was not delivered');
  const now = clock.now();
  const ownPause = obstacle !== 'teams' ? backOff(item.attempts + 1, TO_BE_MENDED, random()) : 0;
  // An edit that arrived after all does no harm when it is sent again.
  const maybeSent = !posted && failure.maybeSent === true;
  const note = answerNote({ clock }, item, failure);
  await store.outbox.markFailed(item.key, reason, Math.max(item.notBefore, now + ownPause), maybeSent, note);
  announce({ log, metrics }, [note]);
  if (obstacle === 'message') return;
  const tries = ((await store.outbox.pause(target.key))?.tries ?? 0) + 1;
  const asked = retryAfterMs != null && retryAfterMs > 0;
  const backsOff = backOff(tries, obstacle === 'teams' ? TEAMS_AWAY : TO_BE_MENDED, random());
  const pause = asked ? retryAfterMs : backsOff;
  await store.outbox.setPause(target.key, { until: now + pause, tries, asked });
  if (obstacle === 'channel') await store.conversations.setUnreachable(target.key, reason);
}
