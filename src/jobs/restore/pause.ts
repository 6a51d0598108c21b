import { MINUTE_MS } from '../../domain/durations.ts';
import { backOff } from '../../domain/pause/back-off.ts';
import type { WriteOutcome } from '../../domain/ports.ts';

const FIRST_PAUSE_MS = 5_000;
const MAX_PAUSE_MS = MINUTE_MS;
/** Of what Microsoft asks for, ms: a longer wait is asked for again. */
const MAX_WAIT_MS = 5 * MINUTE_MS;

/**
 * How long to wait before the next batch, ms. What Microsoft asks for holds for all writes: it throttles the
 * app, not the object. Without its word we wait only when nothing is left but what failed before.
 * @param tries how often the steps that come next were sent in vain
 */
export function pauseAfter(outcomes: readonly WriteOutcome[], tries: number): number {
  const asked = Math.max(
    0,
    ...outcomes.map((outcome) => (!outcome.ok && outcome.retryable ? (outcome.retryAfterMs ?? 0) : 0)),
  );
  const ours = tries === 0 ? 0 : backOff(tries, { firstMs: FIRST_PAUSE_MS, longestMs: MAX_PAUSE_MS });
  return Math.min(MAX_WAIT_MS, Math.max(asked, ours));
}
