import { retryAfterMs } from '../domain/pause/retry-after.ts';
import type { BatchOutcome, SiemSender } from '../domain/ports/forwarding.ts';

/** A SIEM that does not answer is given up after this, ms. */
const ANSWER_WITHIN_MS = 30_000;
/** Of what a SIEM says to a refusal, so much is kept, characters. */
const MAX_REASON = 200;

/** Statuses that say the content is wrong, not the sender: https://www.rfc-editor.org/rfc/rfc9110#section-15.5 */
const REFUSED: ReadonlySet<number> = new Set([400, 415, 422]);

export type HttpsSiem = { url: string; token: string | null };

/** Sends newline-separated JSON by HTTPS POST. Redirects are not followed: the token is for this address only. */
export function createHttpsSender({ url, token }: HttpsSiem, now: () => number): SiemSender {
  const { origin, pathname } = new URL(url);
  return {
    name: `${origin}${pathname}`,
    async send(lines, signal) {
      try {
        const answer = await fetch(url, {
          method: 'POST',
          redirect: 'manual',
          headers: {
            'content-type': 'application/x-ndjson; charset=utf-8',
            ...(token === null ? {} : { authorization: authorizationOf(token) }),
          },
          body: lines.map(({ json }) => `${json}\n`).join(''),
          signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
        });
        return await outcomeOf(answer, now());
      } catch (error) {
        return { kind: 'failed', reason: reasonOf(error), retryAfterMs: null };
      }
    },
  };
}

/** A token alone is a bearer token; with a scheme, as Splunk's `Splunk …`, it is sent as it is. */
const authorizationOf = (token: string): string => (/^\S+\s+\S/.test(token) ? token : `Bearer ${token}`);

async function outcomeOf(answer: Response, now: number): Promise<BatchOutcome> {
  if (answer.ok) {
    await answer.body?.cancel();
    return { kind: 'taken' };
  }
  const said = (await answer.text().catch(() => '')).replace(/\s+/g, ' ').trim().slice(0, MAX_REASON);
  const reason = `HTTP ${answer.status}${said === '' ? '' : `, ${said}`}`;
  if (answer.status === 413) return { kind: 'too-large', reason };
  if (REFUSED.has(answer.status)) return { kind: 'refused', reason };
  return {
    kind: 'failed',
    reason,
    retryAfterMs: retryAfterMs(answer.headers.get('retry-after') ?? undefined, now),
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${ANSWER_WITHIN_MS / 1000} seconds`;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
  return `no connection (${code})`;
}
