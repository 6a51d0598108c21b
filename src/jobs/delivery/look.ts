import type { AlertTarget, QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { mayStand } from './in-order.ts';

/** Where a message stands already, or how many sends of it may stand there, as nobody can look. */
export type Looked =
  | { found: { target: AlertTarget; activityId: string } }
  | { found: null; unknown: number };

const NOTHING: Looked = { found: null, unknown: 0 };

/**
 * Looks for a message whose last send ended without anybody knowing whether Teams took it, in the channel to which
 * it was going.
 * @param key by which the message is found
 */
export async function lookFor(context: JobContext, item: QueuedItem, key: string): Promise<Looked> {
  const { store, notifier, log, metrics } = context;
  if (!mayStand(item) || item.targetKey === null) return NOTHING;
  const channel = await store.conversations.byKey(item.targetKey);
  const target = { key: item.targetKey, name: channel?.name ?? '' };
  const answer = await notifier.findPosted(target, key);
  if (answer.known && answer.activityId !== null) {
    metrics.cardDelivered('found');
    log.info({ key: item.key }, 'a card that Teams did not confirm was found in the channel');
    return { found: { target, activityId: answer.activityId } };
  }
  if (answer.known) return NOTHING;
  const unknown = item.unknownSends + (item.status === 'sending' ? 1 : 0);
  log.warn({ key: item.key, sends: unknown }, 'cannot tell whether this was sent: posting it, perhaps again');
  return { found: null, unknown };
}
