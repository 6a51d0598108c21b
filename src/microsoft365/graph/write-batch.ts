import type { ExchangeAnswer } from '../http/exchange.ts';
import { readJson } from '../http/json-answer.ts';
import type { Operation } from '../operations.ts';
import { asAnswer, BatchAnswer } from './batch-answer.ts';
import type { GraphClient } from './graph-client.ts';

/** One write inside a batch; `url` is a path below `/v1.0`. */
export type InnerWrite = { method: 'POST' | 'DELETE'; url: string; body?: object };

/**
 * Sends at most twenty writes in one `$batch`, once, and returns the answer to each in the order given. Where
 * Graph refuses the batch as a whole, its answer stands for each of them; null where an answer is missing,
 * so that nobody knows what became of that write.
 *
 * The door does not try again: a batch whose answer was lost may have been carried out, and its caller has
 * to look before it sends any of it once more. Throws TenantReadError when no answer came that can be read.
 */
export async function sendWrites(
  graph: GraphClient,
  writes: readonly InnerWrite[],
  operation: Operation,
  signal: AbortSignal,
): Promise<(ExchangeAnswer | null)[]> {
  const requests = writes.map(({ method, url, body }, index) => ({
    id: String(index + 1),
    method,
    url,
    // Graph refuses a whole batch in which a body comes without its type.
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body }),
  }));
  const answer = await graph.postOnce(graph.api('/$batch'), { requests }, operation, signal);
  if (answer.status < 200 || answer.status >= 300) return writes.map(() => answer);
  const { responses } = readJson(answer, BatchAnswer, operation);
  const byId = new Map(responses.map((inner) => [inner.id, asAnswer(inner)]));
  return requests.map(({ id }) => byId.get(id) ?? null);
}
