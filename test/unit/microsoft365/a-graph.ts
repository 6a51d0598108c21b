import { createGraphClient, type GraphClient } from '../../../src/microsoft365/graph/graph-client.ts';
import { RETRY_LIMITS } from '../../../src/microsoft365/http/backoff.ts';
import { createExchange } from '../../../src/microsoft365/http/exchange.ts';
import {
  type ClientOptions,
  createHttpClient,
  type HttpClient,
} from '../../../src/microsoft365/http/http-client.ts';
import { aManualClock } from '../../builders/manual-clock.ts';

export const signal = new AbortController().signal;

/** A door to a local service, with a token that anyone accepts and a clock that does not wait. */
export const aDoor = (origin: string, over: Partial<ClientOptions> = {}): HttpClient =>
  createHttpClient({
    origin,
    scope: `${origin}/.default`,
    token: async () => 'secret-token',
    exchange: createExchange(),
    clock: aManualClock(),
    random: () => 0.5,
    log: { debug: () => undefined, warn: () => undefined },
    limits: { ...RETRY_LIMITS, timeoutMs: 10_000, maxBodyBytes: 1_000_000 },
    ...over,
  });

export const aGraph = (origin: string, over: Partial<ClientOptions> = {}): GraphClient =>
  createGraphClient(aDoor(origin, over));
