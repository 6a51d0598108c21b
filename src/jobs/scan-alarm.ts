import type { JobContext } from './context.ts';
import { noticeAbout } from './notify.ts';

/** After this many reads in a row that could not be completed, the channel is told, once. */
export const MISSES_UNTIL_ALARM = 3;

/**
 * Tells the channel, once per outage, that the tenant cannot be read. What was told is known from the stored
 * scans (an outage is named by the last complete one), so a restart repeats nothing.
 */
export async function raiseScanAlarm(context: JobContext): Promise<void> {
  const { store, clock } = context;
  const lastGood = await store.scans.last({ outcome: 'complete' });
  const recent = await store.scans.recent(MISSES_UNTIL_ALARM);
  const since = lastGood?.id ?? 'the-beginning';
  const misses = recent.filter((scan) => scan.outcome === 'incomplete' && scan.kind !== 'targeted');
  if (recent.length < MISSES_UNTIL_ALARM || misses.length < MISSES_UNTIL_ALARM) return;
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
