import { setTimeout as wait } from 'node:timers/promises';
import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import { type Exchange, type ExchangeAnswer, ExchangeError } from '../http/exchange.ts';
import { serviceError } from '../http/service-error.ts';

/** One call may take this long, ms. */
export const CALL_MS = 10_000;
/** A doctor asks once; what a service asks to wait for is worth at most this, ms. */
const LONGEST_WAIT_MS = 3_000;
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const TOO_MANY = 429;
const SERVER_ERROR = 500;

/** What a service answered, or why there is no answer. */
export type Asked =
  | { kind: 'answer'; status: number; code: string; message: string; body: unknown }
  | { kind: 'no-answer'; why: string };

/** Whether a request was let in. */
export const isFine = (asked: Asked): boolean =>
  asked.kind === 'answer' && asked.status >= 200 && asked.status < 300;

/** The JSON of an answer that was let in; null of any other, and of one that is no JSON. */
export const bodyOf = (asked: Asked): unknown =>
  asked.kind === 'answer' && isFine(asked) ? asked.body : null;

/** Notes each answer's time: when it came (ms UTC), and what the service's clock said, ms UTC. */
export type NoteClock = (ours: number, theirs: number) => void;

export type AskOptions = {
  exchange: Exchange;
  signal: AbortSignal;
  /** ms UTC. */
  now: () => number;
  noteClock?: NoteClock;
};

export type Ask = (request: {
  method?: 'GET' | 'POST';
  url: string;
  token: string | null;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}) => Promise<Asked>;

/** Makes the doctor's way to ask: one request, once more where the service asks to wait a little or is out of order. Never throws. */
export function createAsk({ exchange, signal, now, noteClock }: AskOptions): Ask {
  return async (request) => {
    const first = await send();
    if (first.kind !== 'answer' || !mayPass(first)) return first;
    const pause = Math.min(retryAfterMs(first.retryAfter, now()) ?? 1_000, LONGEST_WAIT_MS);
    await wait(pause, undefined, { signal }).catch(() => undefined);
    return signal.aborted ? first : send();

    async function send(): Promise<Asked & { retryAfter?: string }> {
      try {
        const answer = await exchange({
          method: request.method ?? 'GET',
          url: new URL(request.url),
          headers: {
            accept: 'application/json',
            ...(request.token === null ? {} : { authorization: `Bearer ${request.token}` }),
            ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
            ...request.headers,
          },
          body: request.body ?? null,
          timeoutMs: CALL_MS,
          maxBodyBytes: MAX_BODY_BYTES,
          signal,
        });
        const date = Date.parse(answer.headers.date ?? '');
        if (!Number.isNaN(date)) noteClock?.(now(), date);
        return answered(answer);
      } catch (error) {
        return { kind: 'no-answer', why: whyNot(error, request.url) };
      }
    }
  };
}

const mayPass = ({ status, code }: { status: number; code: string }): boolean =>
  status === TOO_MANY || code === 'AF429' || status >= SERVER_ERROR;

function answered(answer: ExchangeAnswer): Extract<Asked, { kind: 'answer' }> & { retryAfter?: string } {
  const { code, message } = serviceError(answer.text);
  const retryAfter = answer.headers['retry-after'];
  return {
    kind: 'answer',
    status: answer.status,
    code,
    message,
    body: jsonOf(answer.text),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function whyNot(error: unknown, url: string): string {
  const host = URL.parse(url)?.host ?? 'the service';
  if (!(error instanceof ExchangeError)) return `${host} could not be asked.`;
  switch (error.code) {
    case 'timeout':
    case 'cancelled':
      return `${host} did not answer in time.`;
    case 'unreachable':
      return `${host} cannot be reached. ${error.message}`;
    default:
      return `The answer of ${host} cannot be used. ${error.message}`;
  }
}
