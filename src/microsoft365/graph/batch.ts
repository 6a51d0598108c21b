import { retryAfterMs } from '../../domain/pause/retry-after.ts';
import { type Clock, TenantReadError } from '../../domain/ports.ts';
import { pauseBefore, type RetryLimits } from '../http/backoff.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { failureOfAnswer, isThrottled } from '../http/failure.ts';
import { readJson } from '../http/json-answer.ts';
import { sleepOrCancel } from '../http/sleep.ts';
import type { Operation } from '../operations.ts';
import { asAnswer, BatchAnswer, type InnerAnswer } from './batch-answer.ts';
import type { GraphClient } from './graph-client.ts';

/** Graph's limit of requests in one batch. */
const BATCH_SIZE = 20;

/** What a batch needs to wait between attempts. */
export type Patience = { clock: Clock; random: () => number; limits: RetryLimits };

/**
 * Reads paths below `/v1.0`, twenty in a request, and returns each path's status and body in the order given.
 * Graph throttles each inner request by itself, so those are retried here, as the door does for whole
 * requests. Statuses are 200 or 404; any other throws TenantReadError, as does what the door throws.
 */
export async function readBatch(
  graph: GraphClient,
  paths: readonly string[],
  operation: Operation,
  patience: Patience,
  signal: AbortSignal,
): Promise<{ found: boolean; body: unknown }[]> {
  const results: { found: boolean; body: unknown }[] = [];
  for (let start = 0; start < paths.length; start += BATCH_SIZE) {
    const chunk = paths.slice(start, start + BATCH_SIZE);
    results.push(...(await readChunk(graph, chunk, operation, patience, signal)));
  }
  return results;
}

async function readChunk(
  graph: GraphClient,
  paths: readonly string[],
  operation: Operation,
  patience: Patience,
  signal: AbortSignal,
): Promise<{ found: boolean; body: unknown }[]> {
  const { clock, random, limits } = patience;
  const done = new Map<string, InnerAnswer>();
  for (let attempt = 1; ; attempt++) {
    const open = paths.map((url, index) => ({ id: String(index), method: 'GET', url }));
    const requests = open.filter(({ id }) => !done.has(id));
    const answer = await graph.post(graph.api('/$batch'), { requests }, operation, signal);
    const { responses } = readJson(answer, BatchAnswer, operation);
    const busy: ExchangeAnswer[] = [];
    for (const inner of responses) {
      const whole = asAnswer(inner);
      if (inner.status === 200 || inner.status === 404) done.set(inner.id, inner);
      else if (mayPass(whole)) busy.push(whole);
      else throw failureOfAnswer(whole, operation);
    }
    if (requests.every(({ id }) => done.has(id))) return open.map(({ id }) => resultOf(done.get(id)));
    const first = busy[0];
    if (first === undefined) throw unanswered(operation);
    const pause = pauseBefore(attempt, longestPause(busy, clock.now()), limits, random);
    if (pause === null) throw failureOfAnswer(first, operation);
    await sleepOrCancel(clock, pause, signal);
  }
}

const resultOf = (inner: InnerAnswer | undefined): { found: boolean; body: unknown } => ({
  found: inner?.status === 200,
  body: inner?.body,
});

const mayPass = (answer: ExchangeAnswer): boolean => isThrottled(answer) || answer.status >= 500;

function longestPause(answers: readonly ExchangeAnswer[], now: number): number | null {
  const pauses = answers.map((answer) => retryAfterMs(answer.headers['retry-after'], now) ?? 0);
  return Math.max(...pauses) || null;
}

const unanswered = (operation: Operation): TenantReadError =>
  new TenantReadError('malformed', `A batch to ${operation.what} came back without all of its answers.`);
