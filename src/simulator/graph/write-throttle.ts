import { Refusal } from '../http/message.ts';

const WINDOW_MS = 150_000;

/** Writes in 150 s for one app in one tenant (Graph throttling limits, identity and access). */
export const MICROSOFT_WRITE_LIMIT = 3000;

/** Counts the writes of one app in one tenant. */
export class WriteThrottle {
  #windowStart = 0;
  #used = 0;

  /** Lets a write in at `now`, or throws 429 when the window's `limit` is used up. */
  enter(now: number, limit: number, scope: string): void {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#used = 0;
    }
    if (this.#used < limit) {
      this.#used += 1;
      return;
    }
    const seconds = Math.max(1, (this.#windowStart + WINDOW_MS - now) / 1000);
    throw new Refusal(429, 'TooManyRequests', 'Too many requests', {
      headers: {
        // With decimals, as in Microsoft's own sample.
        'retry-after': seconds.toFixed(3),
        'x-ms-throttle-scope': scope,
        'x-ms-throttle-information': 'WriteLimitExceeded',
      },
    });
  }
}
