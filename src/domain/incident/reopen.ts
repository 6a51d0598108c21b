import { DAY_MS } from '../durations.ts';
import type { Decision } from './decision.ts';

/** An approval can be taken back for this long, ms: later, others have relied on it. */
export const REOPEN_WITHIN_MS = DAY_MS;

/**
 * The approval that can still be taken back, by the decisions about an incident, oldest first; null when it is too
 * late, or when the last approval has been taken back already. `now` is ms UTC.
 */
export function approvalToTakeBack(decisions: readonly Decision[], now: number): Decision | null {
  const last = decisions.findLast(({ kind }) => kind === 'approve' || kind === 'reopen');
  return last?.kind === 'approve' && now - last.at <= REOPEN_WITHIN_MS ? last : null;
}
