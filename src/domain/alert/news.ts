import type { Incident } from '../incident/incident.ts';
import type { AlertReason } from './reason.ts';

/** What is new in an incident that has moved on, in one word: what matters most to whoever was alerted. */
export function newsOf(before: Incident, after: Incident): AlertReason {
  if (after.status === 'open' && before.status !== 'open') {
    // What a rule hid, nobody has heard of.
    return before.hiddenByRuleId === null ? 'reopened' : 'first';
  }
  if (after.status !== before.status) {
    if (after.status === 'restored' || after.status === 'closed') return after.status;
    return 'decided';
  }
  if (hasMore(before.changeIds, after.changeIds) || hasMore(before.userIds, after.userIds)) return 'more';
  if (before.cause !== after.cause || before.level !== after.level || before.actor?.id !== after.actor?.id) {
    return 'cause-found';
  }
  if (hasMore(before.restoredUserIds, after.restoredUserIds)) return 'partly-restored';
  if (before.snoozedUntil !== after.snoozedUntil) {
    return after.snoozedUntil === null ? 'snooze-over' : 'decided';
  }
  if (before.request?.id !== after.request?.id) return 'decided';
  return before.fingerprint === after.fingerprint ? 'progress' : 'sealed';
}

const hasMore = (before: readonly string[], after: readonly string[]): boolean =>
  new Set(after).difference(new Set(before)).size > 0;
