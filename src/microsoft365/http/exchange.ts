import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { gunzipSync } from 'node:zlib';
import { BodyBuffer } from './body-buffer.ts';

export type HttpRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
  /** For the whole exchange, from connecting to the last byte, ms. */
  timeoutMs: number;
  /** Largest body that is accepted, in bytes, after decompression too. */
  maxBodyBytes: number;
  signal: AbortSignal;
};

export type ExchangeAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The same as `text`, where it came as bytes. */
  readonly bytes?: Buffer;
  /** For a large body: gives its bytes' memory back at once. Afterwards neither `bytes` nor `text` can be used. */
  release?(): void;
};

export type ExchangeFailure = 'timeout' | 'unreachable' | 'too-large' | 'bad-encoding' | 'cancelled';

/** No whole answer came. */
export class ExchangeError extends Error {
  readonly code: ExchangeFailure;
  constructor(code: ExchangeFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExchangeError';
    this.code = code;
  }
}

/** One request and its whole answer. Any status is an answer; throws ExchangeError when there is none. */
export type Exchange = (httpRequest: HttpRequest) => Promise<ExchangeAnswer>;

/** Buffers of this size never share their memory with others, as small ones do. */
const OWN_MEMORY_BYTES = 128 * 1024;

/**
 * Makes exchanges over Node's own HTTP client, which keeps connections alive and never follows a redirect:
 * a token must not travel to another host. The reasons for not using `fetch` are in
 * docs/decisions/graph-client.md.
 */
export function createExchange(): Exchange {
  const spare: BodyBuffer[] = [];
  return async (httpRequest) => {
    const buffer = spare.pop() ?? new BodyBuffer();
    try {
      const incoming = await receive(httpRequest, buffer);
      const bytes = decoded(incoming, buffer, httpRequest.maxBodyBytes);
      return new ReceivedAnswer(incoming.statusCode ?? 0, incoming.headers, bytes);
    } finally {
      buffer.clear();
      spare.push(buffer);
    }
  };
}

/** An answer whose text is made when it is first asked for: a page that we know already never is. */
class ReceivedAnswer implements ExchangeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  constructor(status: number, headers: IncomingHttpHeaders, bytes: Buffer) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  /** The collector hardly sees memory outside of its heap, and runs in full for every few pages if it is left to it. */
  release(): void {
    const memory = this.bytes.buffer;
    if (memory instanceof ArrayBuffer && memory.byteLength >= OWN_MEMORY_BYTES) memory.transfer(0);
  }
}

function receive(httpRequest: HttpRequest, buffer: BodyBuffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const deadline = AbortSignal.timeout(httpRequest.timeoutMs);
    const fail = (cause: unknown): void => reject(asExchangeError(cause, httpRequest, deadline));
    const send = httpRequest.url.protocol === 'https:' ? https.request : http.request;
    const outgoing = send(
      httpRequest.url,
      {
        method: httpRequest.method,
        headers: headersOf(httpRequest),
        signal: AbortSignal.any([httpRequest.signal, deadline]),
      },
      (incoming) => {
        incoming.on('data', (chunk: Buffer) => {
          if (buffer.length + chunk.length > httpRequest.maxBodyBytes) {
            outgoing.destroy(tooLarge(httpRequest.maxBodyBytes));
          } else {
            buffer.append(chunk);
          }
        });
        incoming.on('error', fail);
        incoming.on('end', () => resolve(incoming));
      },
    );
    outgoing.on('error', fail);
    outgoing.end(httpRequest.body ?? undefined);
  });
}

function headersOf(httpRequest: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = { ...httpRequest.headers, 'accept-encoding': 'gzip' };
  if (httpRequest.body !== null) headers['content-length'] = String(Buffer.byteLength(httpRequest.body));
  return headers;
}

/** The body, decompressed, in memory of its own. */
function decoded(incoming: IncomingMessage, buffer: BodyBuffer, limit: number): Buffer {
  const encoding = incoming.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') {
    const bytes = Buffer.allocUnsafeSlow(buffer.length);
    bytes.set(buffer.bytes());
    return bytes;
  }
  if (encoding !== 'gzip') throw new ExchangeError('bad-encoding', `The answer is encoded as ${encoding}.`);
  try {
    // A page takes half a millisecond; handing it to another thread would cost more than that. JSON of Graph
    // shrinks to a tenth, so one chunk of sixteen times its size mostly holds all of it.
    const chunkSize = Math.min(1 << 20, Math.max(1 << 14, buffer.length * 16));
    return gunzipSync(buffer.bytes(), { maxOutputLength: limit, chunkSize });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limit);
    throw new ExchangeError('bad-encoding', 'The answer could not be decompressed.', cause);
  }
}

const tooLarge = (limit: number): ExchangeError =>
  new ExchangeError('too-large', `The answer is larger than ${limit} bytes.`);

function asExchangeError(cause: unknown, httpRequest: HttpRequest, deadline: AbortSignal): ExchangeError {
  if (cause instanceof ExchangeError) return cause;
  if (httpRequest.signal.aborted) return new ExchangeError('cancelled', 'The request was cancelled.', cause);
  if (deadline.aborted) {
    return new ExchangeError('timeout', `No whole answer within ${httpRequest.timeoutMs} ms.`, cause);
  }
  return new ExchangeError('unreachable', `The connection failed${errorCode(cause)}.`, cause);
}

/** The system's name of the failure, such as ECONNREFUSED: stable, and without anything of the request. */
function errorCode(cause: unknown): string {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return '';
  return ` (${cause.code})`;
}
