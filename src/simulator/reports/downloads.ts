import { randomBytes } from 'node:crypto';
import { MINUTE_MS } from '../durations.ts';
import type { CallLog } from '../http/call-log.ts';
import { type ApiCall, type ApiReply, json } from '../http/message.ts';

/** A signed address is good for minutes. */
const LIFE_MS = 5 * MINUTE_MS;

/** Where reports are fetched from: another origin, which knows no tokens and wants none. */
export class ReportDownloads {
  readonly #files = new Map<string, { until: number; make: () => string }>();
  readonly #requests: CallLog;
  /** Set when the origin is known. */
  origin = '';

  constructor(requests: CallLog) {
    this.#requests = requests;
  }

  /** The signed address of a file that is made when it is fetched. */
  offer(make: () => string, now: number): string {
    for (const [key, { until }] of this.#files) if (until <= now) this.#files.delete(key);
    const key = randomBytes(24).toString('base64url');
    this.#files.set(key, { until: now + LIFE_MS, make });
    return `${this.origin}/data/v1.0/download?token=${key}`;
  }

  /** Hands out a file. A request that brings a token of ours is refused: it should not have come here. */
  handle(request: ApiCall, now: number): ApiReply {
    this.#requests.count(`${request.method} ${request.path}`);
    if (request.headers.authorization !== undefined) {
      this.#requests.count('a token sent to the report host');
      return json({ error: { code: 'BadRequest', message: 'Authorization is not expected here.' } }, 400);
    }
    const file = this.#files.get(request.query.get('token') ?? '');
    if (request.path !== '/data/v1.0/download' || file === undefined || file.until <= now) {
      return json({ error: { code: 'Forbidden', message: 'The address is not valid any more.' } }, 403);
    }
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: file.make() };
  }
}
