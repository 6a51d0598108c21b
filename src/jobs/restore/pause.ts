import { MINUTE_MS } from '../../domain/durations.ts';
import { backOff } from '../../domain/pause/back-off.ts';
import type { WriteOutcome } from '../../domain/ports.ts';

const PAUSES = { firstMs: 5_000, longestMs: MINUTE_MS };
/** Of what Microsoft asks for, ms: a longer wait is asked for again. */
const MAX_WAIT_MS = 5 * MINUTE_MS;

/**
 * How long to wait before the next batch, ms. What Microsoft asks for holds for all writes: it throttles the
 * app, not the object. Without its word we wait only when nothing is left but what failed before.
 * @param tries how often the steps that come next were sent in vain
 * @param random 0 to 1
 */
export function pauseAfter(outcomes: readonly WriteOutcome[], tries: number, random: number): number {
  const asked = Math.max(
    0,
    ...outcomes.map((outcome) => (!outcome.ok && outcome.retryable ? (outcome.retryAfterMs ?? 0) : 0)),
  );
  const ours = tries === 0 ? 0 : backOff(tries, PAUSES, random);
  return Math.min(MAX_WAIT_MS, Math.max(asked, ours));
}
