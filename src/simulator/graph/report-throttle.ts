import { MINUTE_MS } from '../durations.ts';
import { Refusal } from '../http/message.ts';

/**
 * The reports' own limits for each app and tenant (microsoft-graph-docs-contrib #8653): 5 requests in 10 s of the
 * audit reports and of a listing that selects or filters on `signInActivity`, 10 in a minute for that of one user.
 */
export const REPORT_LIMITS = {
  listings: { requests: 5, windowMs: 10_000 },
  /** Of usage reports: 14 requests in 10 minutes (Graph throttling limits, “Reports service limits”). */
  usage: { requests: 14, windowMs: 10 * MINUTE_MS },
  oneUser: { requests: 10, windowMs: MINUTE_MS },
} as const;

/** One such limit. */
export class ReportThrottle {
  #recent: number[] = [];
  readonly #limit: { requests: number; windowMs: number };

  constructor(limit: { requests: number; windowMs: number }) {
    this.#limit = limit;
  }

  /** Lets a request in at `now`, or throws 429. */
  enter(now: number): void {
    const { requests, windowMs } = this.#limit;
    this.#recent = this.#recent.filter((at) => at > now - windowMs);
    const [oldest] = this.#recent;
    if (oldest !== undefined && this.#recent.length >= requests) {
      const wait = Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
      throw new Refusal(429, 'TooManyRequests', 'Too many requests. Please try again later.', {
        headers: { 'retry-after': String(wait) },
      });
    }
    this.#recent.push(now);
  }
}
