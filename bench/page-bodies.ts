import { systemClock } from '../src/app/system-clock.ts';
import { MINUTE_MS } from '../src/domain/durations.ts';
import { USER_PROPERTIES } from '../src/microsoft365/bodies/user.ts';
import { createGraphClient } from '../src/microsoft365/graph/graph-client.ts';
import { RETRY_LIMITS } from '../src/microsoft365/http/backoff.ts';
import { createExchange } from '../src/microsoft365/http/exchange.ts';
import { createHttpClient } from '../src/microsoft365/http/http-client.ts';
import { OPERATIONS } from '../src/microsoft365/operations.ts';
import { createSignIn } from '../src/microsoft365/sign-in/sign-in.ts';
import { cpuTime, median } from './cpu-time.ts';
import type { BenchTenant } from './simulated-tenant.ts';

const PAGE_SIZE = 999;
/** Pages held at a time: 64 are some 50 MB. */
const PAGES_AT_ONCE = 64;
const ROUNDS = 3;

export type ParseCost = { cpuMs: number; pages: number; bytes: number };

/**
 * What `JSON.parse` of every page body of a full read costs in CPU time. Each batch of pages is received
 * first, then parsed once to warm up and `ROUNDS` times to be measured; the median round counts.
 */
export async function measureParse(tenant: BenchTenant): Promise<ParseCost> {
  const total: ParseCost = { cpuMs: 0, pages: 0, bytes: 0 };
  let batch: string[] = [];
  const close = (): void => {
    total.cpuMs += parseOnce(batch);
    total.pages += batch.length;
    for (const body of batch) total.bytes += Buffer.byteLength(body);
    batch = [];
  };
  for await (const body of pageBodies(tenant)) {
    batch.push(body);
    if (batch.length === PAGES_AT_ONCE) close();
  }
  close();
  return total;
}

function parseOnce(bodies: readonly string[]): number {
  const rounds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = cpuTime();
    for (const body of bodies) JSON.parse(body);
    if (round > 0) rounds.push(cpuTime() - before);
  }
  return median(rounds);
}

/** The bodies that a full read receives, through the product's own door. */
async function* pageBodies(tenant: BenchTenant): AsyncGenerator<string> {
  const exchange = createExchange();
  const { signal } = new AbortController();
  const token = createSignIn({
    authority: tenant.origin,
    tenantId: tenant.tenantId,
    clientId: tenant.clientId,
    credential: { kind: 'secret', secret: tenant.clientSecret },
    exchange,
  });
  const graph = createGraphClient(
    createHttpClient({
      origin: tenant.origin,
      scope: `${tenant.origin}/.default`,
      token,
      exchange,
      clock: systemClock,
      random: Math.random,
      log: { debug: () => undefined, warn: () => undefined },
      limits: { ...RETRY_LIMITS, timeoutMs: MINUTE_MS, maxBodyBytes: 64 * 1024 * 1024 },
    }),
  );
  const first = graph
    .api('/users')
    .select([...USER_PROPERTIES])
    .top(PAGE_SIZE);
  let answer = await graph.get(first, OPERATIONS.listUsers, signal);
  for (;;) {
    yield answer.text;
    const link: unknown = JSON.parse(answer.text)['@odata.nextLink'];
    if (typeof link !== 'string') return;
    answer = await graph.follow(link, OPERATIONS.listUsers, signal);
  }
}
