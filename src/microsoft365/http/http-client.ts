import { randomUUID } from 'node:crypto';
import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import { type Clock, TenantReadError } from '../../domain/ports.ts';
import { noTracing, type Span, type Tracing } from '../../observability/tracing.ts';
import type { Operation } from '../operations.ts';
import { pauseBefore, type RetryLimits } from './backoff.ts';
import { type Exchange, type ExchangeAnswer, ExchangeError } from './exchange.ts';
import { failureOfAnswer, failureOfExchange, isThrottled } from './failure.ts';
import type { Pace } from './pace.ts';
import { serviceError } from './service-error.ts';
import { cancelled, sleepOrCancel } from './sleep.ts';
import type { TokenSource } from './token-source.ts';

export type HttpCall = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute; refused unless it is of the door's own origin. */
  url: string;
  operation: Operation;
  headers?: Readonly<Record<string, string>>;
  /** JSON text. */
  body?: string;
  signal: AbortSignal;
  /**
   * For what must not be sent twice unseen: any answer is returned as it came, and nothing is tried again but
   * a 401 with a new token, because what was not let in has done nothing.
   */
  once?: boolean;
};

/** Far above any tenant: a million users are a thousand pages of 999. */
const MAX_PAGES = 20_000;

/** The one way to a service. */
export interface HttpClient {
  readonly origin: string;
  /** A listing with more pages than this has no end. */
  readonly maxPages: number;
  /**
   * Sends with a token and retries what may pass. Returns any answer that retrying would not change, a
   * refusal among them. Throws TenantReadError: `cross-origin`, `unauthorized`, `throttled`, `server-error`,
   * `unreachable`, `timeout`, `malformed` or `cancelled`.
   */
  send(call: HttpCall): Promise<ExchangeAnswer>;
}

export type ClientLog = {
  debug(data: object, message: string): void;
  warn(data: object, message: string): void;
};

export type ClientOptions = {
  origin: string;
  scope: string;
  token: TokenSource;
  exchange: Exchange;
  clock: Clock;
  random: () => number;
  log: ClientLog;
  limits: RetryLimits & { timeoutMs: number; maxBodyBytes: number; maxPages?: number };
  pace?: Pace;
  /** Where a call is a span of whatever it is made for. */
  tracing?: Tracing;
  /**
   * What this service's own refusals mean; asked before the general rules. What it explains is not retried,
   * but for a 401, which is tried once more with a new token.
   */
  explain?: (answer: ExchangeAnswer) => TenantReadError | null;
};

/** An answer, or why there is none and whether another attempt may bring one. */
type Attempt =
  | { kind: 'answer'; answer: ExchangeAnswer }
  | { kind: 'renew-token'; failure: TenantReadError }
  | { kind: 'failed'; failure: TenantReadError; retry: boolean; askedMs: number | null };

/** Opens the door to one service. Holds no state but the pace. */
export function createHttpClient(options: ClientOptions): HttpClient {
  return {
    origin: options.origin,
    maxPages: options.limits.maxPages ?? MAX_PAGES,
    send: (call) => traced(options, call),
  };
}

/** A span names what is asked for in our own words: an address has ids of people in it. */
function traced(options: ClientOptions, call: HttpCall): Promise<ExchangeAnswer> {
  const { tracing = noTracing, origin } = options;
  // The same id on every attempt lets Microsoft's support find them all.
  const requestId = randomUUID();
  const facts = {
    'http.request.method': call.method,
    'server.address': new URL(origin).hostname,
    'license_watch.permission': call.operation.permission,
    'license_watch.request_id': requestId,
  };
  return tracing.within(call.operation.what, { kind: 'client', onlyWithin: true, facts }, async (span) => {
    const answer = await send(options, call, requestId, span);
    span.note({ 'http.response.status_code': answer.status });
    if (answer.status >= 400) span.failed(String(answer.status));
    return answer;
  });
}

async function send(
  options: ClientOptions,
  call: HttpCall,
  requestId: string,
  span: Span,
): Promise<ExchangeAnswer> {
  const url = sameOrigin(call.url, options.origin);
  let freshToken = false;
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(options, call, url, requestId, freshToken);
    if (outcome.kind === 'answer') {
      noteRefusal(options, call, outcome.answer, requestId);
      return outcome.answer;
    }
    if (outcome.kind === 'renew-token') {
      if (freshToken) throw outcome.failure;
      freshToken = true;
      continue;
    }
    freshToken = false;
    span.note({ 'http.request.resend_count': attempt });
    const pause = outcome.retry
      ? pauseBefore(attempt, outcome.askedMs, options.limits, options.random)
      : null;
    const { code } = outcome.failure;
    if (pause === null) {
      const { what, permission } = call.operation;
      options.log.warn({ what, permission, code, attempt, requestId }, 'request failed');
      throw outcome.failure;
    }
    options.log.debug({ what: call.operation.what, code, attempt, pause, requestId }, 'request retried');
    await sleepOrCancel(options.clock, pause, call.signal);
  }
}

/**
 * Logs what Microsoft refused for good, with what its support asks for: our id of the request and theirs. A 404 and a
 * 409 are answers that somebody asked for.
 */
function noteRefusal(
  { log }: ClientOptions,
  { operation: { what, permission } }: HttpCall,
  { status, text, headers }: ExchangeAnswer,
  requestId: string,
): void {
  if (status < 400 || status === 404 || status === 409) return;
  const theirs = headers['request-id'];
  const facts = { what, permission, status, code: serviceError(text).code, requestId, theirs };
  if (status === 401 || status === 403) log.warn(facts, 'request was refused');
  else log.debug(facts, 'request was answered with an error');
}

async function tryOnce(
  options: ClientOptions,
  call: HttpCall,
  url: URL,
  requestId: string,
  freshToken: boolean,
): Promise<Attempt> {
  const { clock, limits } = options;
  try {
    if (call.signal.aborted) throw cancelled();
    await options.pace?.(call.signal);
    const token = await options.token(options.scope, call.signal, freshToken);
    const answer = await options.exchange({
      method: call.method,
      url,
      headers: headersOf(call, token, requestId),
      body: call.body ?? null,
      timeoutMs: limits.timeoutMs,
      maxBodyBytes: limits.maxBodyBytes,
      signal: call.signal,
    });
    if (answer.status >= 200 && answer.status < 300) return { kind: 'answer', answer };
    const own = options.explain?.(answer) ?? null;
    if (answer.status === 401) {
      return { kind: 'renew-token', failure: own ?? failureOfAnswer(answer, call.operation) };
    }
    if (own !== null) return { kind: 'failed', failure: own, retry: false, askedMs: null };
    if (call.once || (answer.status < 500 && !isThrottled(answer))) return { kind: 'answer', answer };
    return {
      kind: 'failed',
      failure: failureOfAnswer(answer, call.operation),
      // 501 says that the request will never be understood; every other 5xx may pass.
      retry: answer.status !== 501,
      askedMs: retryAfterMs(answer.headers['retry-after'], clock.now()),
    };
  } catch (cause) {
    if (call.signal.aborted) throw cancelled(cause);
    const failure =
      cause instanceof ExchangeError ? failureOfExchange(cause, call.operation, options.origin) : cause;
    if (!(failure instanceof TenantReadError)) throw cause;
    return { kind: 'failed', failure, retry: !call.once && mayPass(failure), askedMs: null };
  }
}

const mayPass = (failure: TenantReadError): boolean =>
  failure.code === 'unreachable' || failure.code === 'timeout' || failure.code === 'server-error';

function headersOf(call: HttpCall, token: string, requestId: string): Record<string, string> {
  return {
    accept: 'application/json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...call.headers,
    'client-request-id': requestId,
    authorization: `Bearer ${token}`,
  };
}

function sameOrigin(address: string, origin: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.origin === new URL(origin).origin) return url;
  throw new TenantReadError(
    'cross-origin',
    `${origin} named an address on another host. It was not followed, because the request carries a token.`,
  );
}
