import { Refusal } from '../http/message.ts';
import type { OdataOptions } from '../odata/options.ts';

const WINDOW_MS = 10_000;

/** Base costs of reads in resource units (Graph throttling limits, identity and access); any other read is 1. */
const READ_COSTS: Readonly<Record<string, number>> = {
  '/v1.0/users': 2,
  '/v1.0/groups/:id/members': 3,
  '/v1.0/groups/:id/transitiveMembers': 5,
  '/v1.0/subscribedSkus': 3,
  '/v1.0/users/:id/licenseDetails': 2,
  '/v1.0/users/:id/memberOf': 2,
};

/** What a request costs: `$select` and a small `$top` make it cheaper, `$expand` dearer; never below 1. */
export function resourceUnits(method: string, path: string, options: OdataOptions): number {
  if (method !== 'GET') return 1;
  const top = Number(options.get('top') ?? 100);
  const cost =
    (READ_COSTS[path] ?? 1) -
    (options.has('select') ? 1 : 0) +
    (options.has('expand') ? 1 : 0) -
    (top < 20 ? 1 : 0);
  return Math.max(1, cost);
}

/** Units in 10 s for one app in one tenant, by the tenant's size. */
export const unitLimit = (users: number): number => (users < 50 ? 3500 : users <= 500 ? 5000 : 8000);

/** The token bucket of one app in one tenant. */
export class ResourceMeter {
  #windowStart = 0;
  #used = 0;

  /** Takes `cost` from the window at `now` and returns the used share of `limit`; throws 429 above it. */
  enter(now: number, cost: number, limit: number, scope: string): number {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#windowStart = now;
      this.#used = 0;
    }
    this.#used += cost;
    const share = this.#used / limit;
    if (share <= 1) return share;
    const seconds = Math.max(1, Math.ceil((this.#windowStart + WINDOW_MS - now) / 1000));
    throw new Refusal(429, 'TooManyRequests', 'Too many requests', {
      headers: {
        'retry-after': String(seconds),
        'x-ms-throttle-scope': scope,
        'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
        'x-ms-throttle-limit-percentage': Math.min(share, 1.8).toFixed(1),
      },
    });
  }
}
