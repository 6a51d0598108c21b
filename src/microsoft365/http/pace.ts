import type { Clock } from '../../domain/ports.ts';

/** Resolves when the next request may go out; rejects with the signal's reason when it aborts first. */
export type Pace = (signal: AbortSignal) => Promise<void>;

/**
 * Keeps to a service's limit of `requests` in any `windowMs`. Being refused costs more than waiting: a 429
 * counts as a request, too.
 */
export function createPace(requests: number, windowMs: number, clock: Clock): Pace {
  const sentAt: number[] = [];
  return async (signal) => {
    for (;;) {
      const now = clock.now();
      // A request from the future was sent before somebody set the clock back: how long ago, nobody can say.
      while (sentAt[0] !== undefined && (sentAt[0] <= now - windowMs || sentAt[0] > now)) sentAt.shift();
      const oldest = sentAt[0];
      if (oldest === undefined || sentAt.length < requests) {
        sentAt.push(now);
        return;
      }
      await clock.sleep(oldest + windowMs - now, signal);
    }
  };
}
