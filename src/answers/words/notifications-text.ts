import { count, numeral } from '../../domain/numerals.ts';
import type { NotificationCounts } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';

/** How changes reach us: by Microsoft's notifications, or by scans only, and what either found. */
export async function notificationsText(
  { notifications, jobs }: Pick<AnswerStore, 'notifications' | 'jobs'>,
  words: TimeStyle,
): Promise<string> {
  const standing = await notifications.subscriptions();
  const last = await jobs.last('notifications');
  if (last?.ok === false && last.detail !== null)
    return `found by scans, not by notifications: ${last.detail}`;
  if (standing.length === 0) return 'found by scans; without NOTIFICATION_URL Microsoft does not notify me';
  const counts = await notifications.counts();
  const heard =
    counts?.lastAt == null ? 'none came yet' : `the last came ${formatTime(counts.lastAt, words)}`;
  return `Microsoft notifies me of them, ${heard}${counts === null ? '' : foundBy(counts, words)}`;
}

function foundBy(
  { since, changesNotified, changesScanned, unreadable }: NotificationCounts,
  words: TimeStyle,
): string {
  const found = `; since ${formatTime(since, words)} ${count(changesNotified, 'change')} by notification, ${numeral(changesScanned)} by a scan only`;
  return unreadable === 0 ? found : `${found}; ${count(unreadable, 'notification')} could not be read`;
}
