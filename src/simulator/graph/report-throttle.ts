import { Refusal } from '../http/message.ts';

const WINDOW_MS = 10_000;
const REQUESTS = 5;

/** The audit reports' own limit: 5 requests in 10 s for each app and tenant. */
export class ReportThrottle {
  #recent: number[] = [];

  /** Lets a request in at `now`, or throws 429. */
  enter(now: number): void {
    this.#recent = this.#recent.filter((at) => at > now - WINDOW_MS);
    const [oldest] = this.#recent;
    if (oldest !== undefined && this.#recent.length >= REQUESTS) {
      const wait = Math.max(1, Math.ceil((oldest + WINDOW_MS - now) / 1000));
      throw new Refusal(429, 'TooManyRequests', 'Too many requests. Please try again later.', {
        headers: { 'retry-after': String(wait) },
      });
    }
    this.#recent.push(now);
  }
}
