import {
  Client,
  type Context,
  type GraphRequest,
  type Middleware,
  type MiddlewareOptions,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import type { ExchangeAnswer } from '../http/exchange.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Operation } from '../operations.ts';

/** What travels with a request through the client's chain, and the answer that it comes back with. */
class DoorCall implements MiddlewareOptions {
  readonly operation: Operation;
  readonly signal: AbortSignal;
  readonly once: boolean;
  answer: Promise<ExchangeAnswer> | null = null;
  constructor(operation: Operation, signal: AbortSignal, once: boolean) {
    this.operation = operation;
    this.signal = signal;
    this.once = once;
  }
}

/** The last link of the client's chain: hands the built request to our door. */
class DoorMiddleware implements Middleware {
  readonly #http: HttpClient;
  constructor(http: HttpClient) {
    this.#http = http;
  }

  async execute(context: Context): Promise<void> {
    const call = context.middlewareControl?.getMiddlewareOptions(DoorCall);
    if (!(call instanceof DoorCall) || typeof context.request !== 'string') {
      throw new TypeError('Graph requests are sent with GraphClient.get or GraphClient.post.');
    }
    const body = context.options?.body;
    call.answer = this.#http.send({
      method: methodOf(context.options?.method),
      url: context.request,
      operation: call.operation,
      headers: plainHeaders(context.options?.headers),
      ...(typeof body === 'string' ? { body } : {}),
      signal: call.signal,
      once: call.once,
    });
    // The caller waits for the door's answer itself: the client would wrap its errors in its own.
    context.response = new Response(null, { status: 204 });
  }
}

export interface GraphClient {
  readonly origin: string;
  /** A listing with more pages than this has no end. */
  readonly maxPages: number;
  /** Starts a request on a path below `/v1.0`; the client's own methods add `$select`, `$filter` and so on. */
  api(path: string): GraphRequest;
  /** Sends it. Throws what the door throws. */
  get(graphRequest: GraphRequest, operation: Operation, signal: AbortSignal): Promise<ExchangeAnswer>;
  post(
    graphRequest: GraphRequest,
    body: object,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<ExchangeAnswer>;
  /** Sends it a single time and returns whatever is answered, a 429 too. Throws what the door throws. */
  postOnce(
    graphRequest: GraphRequest,
    body: object,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<ExchangeAnswer>;
  patch(
    graphRequest: GraphRequest,
    body: object,
    operation: Operation,
    signal: AbortSignal,
  ): Promise<ExchangeAnswer>;
  delete(graphRequest: GraphRequest, operation: Operation, signal: AbortSignal): Promise<ExchangeAnswer>;
  /** Follows a link of Graph as it is. Throws what the door throws. */
  follow(
    link: string,
    operation: Operation,
    signal: AbortSignal,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ExchangeAnswer>;
}

/**
 * Microsoft's Graph client, which builds the requests, over our own door, which sends them. Why only that
 * part of it is used: docs/decisions/graph-client.md.
 */
export function createGraphClient(http: HttpClient): GraphClient {
  const client = Client.initWithMiddleware({ baseUrl: http.origin, middleware: new DoorMiddleware(http) });
  const dispatch = async (
    graphRequest: GraphRequest,
    operation: Operation,
    signal: AbortSignal,
    start: (prepared: GraphRequest) => Promise<unknown>,
    once = false,
  ): Promise<ExchangeAnswer> => {
    const call = new DoorCall(operation, signal, once);
    await start(graphRequest.middlewareOptions([call]).responseType(ResponseType.RAW));
    if (call.answer === null) throw new TypeError('The Graph client did not send the request.');
    return call.answer;
  };
  return {
    origin: http.origin,
    maxPages: http.maxPages,
    api: (path) => client.api(path),
    get: (graphRequest, operation, signal) =>
      dispatch(graphRequest, operation, signal, (prepared) => prepared.get()),
    post: (graphRequest, body, operation, signal) =>
      dispatch(graphRequest, operation, signal, (prepared) => prepared.post(JSON.stringify(body))),
    postOnce: (graphRequest, body, operation, signal) =>
      dispatch(graphRequest, operation, signal, (prepared) => prepared.post(JSON.stringify(body)), true),
    patch: (graphRequest, body, operation, signal) =>
      dispatch(graphRequest, operation, signal, (prepared) => prepared.patch(JSON.stringify(body))),
    delete: (graphRequest, operation, signal) =>
      dispatch(graphRequest, operation, signal, (prepared) => prepared.delete()),
    follow: (link, operation, signal, headers = {}) =>
      http.send({ method: 'GET', url: link, operation, signal, headers }),
  };
}

const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const;
const methodOf = (name: string | undefined): (typeof METHODS)[number] =>
  METHODS.find((method) => method === name) ?? 'GET';

function plainHeaders(headers: ConstructorParameters<typeof Headers>[0]): Record<string, string> {
  return Object.fromEntries(new Headers(headers));
}
