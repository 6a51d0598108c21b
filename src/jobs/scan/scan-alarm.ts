import { missedReads } from '../../domain/scan/missed-reads.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';

/** After this many reads in a row that could not be completed, the channel is told, once. */
const MISSES_UNTIL_ALARM = 3;

/** Enough to find three misses between the targeted reads of a busy hour of restoring. */
const RECENT_SCANS = 50;

/**
 * Tells the channel, once per outage, that the tenant cannot be read. What was told is known from the stored
 * scans (an outage is named by the last complete read of the tenant), so a restart repeats nothing.
 */
export async function raiseScanAlarm(context: JobContext): Promise<void> {
  const { store, clock } = context;
  const misses = missedReads(await store.scans.recent(RECENT_SCANS));
  if (misses.length < MISSES_UNTIL_ALARM) return;
  const since = (await store.scans.lastWhole())?.id ?? 'the-beginning';
  const reason = misses[0]?.reason ?? 'The reason is not known.';
  await store.outbox.enqueue([
    noticeAbout(
      'scan-incomplete',
      since,
      'License Watch cannot read the tenant',
      `${MISSES_UNTIL_ALARM} scans in a row could not be completed, so license changes go unnoticed. ${reason} Nothing was raised or resolved meanwhile; ask me for “status” to see how it stands.`,
      clock.now(),
    ),
  ]);
}
