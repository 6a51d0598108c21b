import { wantedRead } from '../../domain/notifications/wanted-read.ts';
import type { ScanRecord } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { scan } from '../scan/scan.ts';

/** What waits is looked at in one go; a heap larger than this is read as what changed, and the rest with it. */
const MOST_AT_ONCE = 20_000;

/**
 * Reads the users that notifications named, in one read. A read that is not complete leaves them waiting.
 * @returns the record of the read; null where nothing had to be read
 */
export async function readNotified(context: JobContext, signal: AbortSignal): Promise<ScanRecord | null> {
  const { store, clock } = context;
  const notified = await store.notifications.waiting(MOST_AT_ONCE);
  if (notified.length === 0) return null;
  // The first read of all is still to come, and reads everybody.
  if ((await store.scans.lastWhole()) === null) return null;
  const licensed = new Set((await store.users.tenant()).groups.map(({ id }) => id));
  const wanted = wantedRead(notified, (id) => licensed.has(id));
  if (wanted === null) {
    await store.notifications.done(notified);
    return null;
  }
  context.onStep('notified:before-read');
  const record = await scan(context, wanted, signal);
  if (record.outcome === 'incomplete') return record;
  if (record.outcome === 'complete') {
    await store.notifications.count({ changesNotified: record.changes }, clock.now());
  }
  await store.notifications.done(notified);
  return record;
}

/** After a read that was not complete the next one waits for this time, ms. */
const AFTER_FAILURE_MS = 60_000;

/** Whether notified users wait to be read, and the last try did not fail just now. */
export async function hasNotified({ store, clock, settings }: JobContext): Promise<boolean> {
  if (settings.notificationUrl === null) return false;
  const [first] = await store.notifications.waiting(1);
  if (first === undefined) return false;
  const last = await store.jobs.last('notified');
  return last?.ok !== false || clock.now() - last.startedAt > AFTER_FAILURE_MS;
}
