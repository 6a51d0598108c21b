import { backOff } from '../../domain/pause/back-off.ts';

export type RetryLimits = {
  /** Sends of one request in all, the first included. */
  maxAttempts: number;
  /** A service that asks for a longer pause than this is given up at once, ms. */
  maxRetryAfterMs: number;
  /** Longest pause without a Retry-After before the second attempt, ms; doubles with each attempt. */
  firstPauseMs: number;
  maxPauseMs: number;
};

export const RETRY_LIMITS: RetryLimits = {
  maxAttempts: 5,
  maxRetryAfterMs: 120_000,
  firstPauseMs: 1_000,
  maxPauseMs: 30_000,
};

/**
 * How long to wait before the next attempt, ms; null when there should be none. `attempt` counts from 1;
 * `random` is 0 to 1.
 *
 * What the service asks for is a minimum, so jitter is added to it; without it, half of the growing pause is
 * fixed and half is drawn, so that several instances do not come back together.
 */
export function pauseBefore(
  attempt: number,
  askedMs: number | null,
  limits: RetryLimits,
  random: () => number,
): number | null {
  if (attempt >= limits.maxAttempts) return null;
  if (askedMs !== null) {
    if (askedMs > limits.maxRetryAfterMs) return null;
    return Math.round(askedMs + random() * Math.min(1_000, limits.firstPauseMs));
  }
  return backOff(attempt, { firstMs: limits.firstPauseMs, longestMs: limits.maxPauseMs }, random());
}
