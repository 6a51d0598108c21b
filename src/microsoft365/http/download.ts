import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { PassThrough, pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ExchangeError } from './exchange.ts';

export type DownloadRequest = {
  /** Whoever fetches it brings nothing but this address: it is signed. */
  url: URL;
  /** How long nothing may come, ms. */
  idleMs: number;
  /** For the whole of it, ms. */
  timeoutMs: number;
  /** Largest body that is accepted, in bytes, after decompression too. */
  maxBytes: number;
  signal: AbortSignal;
};

/** What came, as it comes. `body` ends with ExchangeError where the rest does not come. */
export type Download = {
  status: number;
  headers: IncomingMessage['headers'];
  body: AsyncIterable<Buffer>;
  /** Ends it before its end. */
  close(): void;
};

/**
 * Fetches a file that is too large to be held in one piece. Sends no token, follows no redirect.
 * Throws ExchangeError, while the body is read too.
 */
export function download(wanted: DownloadRequest): Promise<Download> {
  const deadline = AbortSignal.timeout(wanted.timeoutMs);
  return new Promise((resolve, reject) => {
    const send = wanted.url.protocol === 'https:' ? https.request : http.request;
    const outgoing = send(
      wanted.url,
      {
        method: 'GET',
        headers: { accept: 'text/csv, application/octet-stream, */*', 'accept-encoding': 'gzip' },
        signal: AbortSignal.any([wanted.signal, deadline]),
        timeout: wanted.idleMs,
      },
      (incoming) => {
        const body = decoded(incoming, wanted.maxBytes);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: readable(body, wanted, deadline),
          close: () => {
            body.destroy();
            outgoing.destroy();
          },
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(tooSlow(wanted.idleMs)));
    outgoing.on('error', (cause) => reject(asExchangeError(cause, wanted, deadline)));
    outgoing.end();
  });
}

/** The body, decompressed, and no longer than it may be. */
function decoded(incoming: IncomingMessage, maxBytes: number): PassThrough {
  const out = new PassThrough();
  let length = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > maxBytes)
        done(new ExchangeError('too-large', `The file is larger than ${maxBytes} bytes.`));
      else done(null, chunk);
    },
  });
  const ended = (): void => undefined;
  if (incoming.headers['content-encoding'] === 'gzip') {
    pipeline(incoming, createGunzip(), bounded, out, ended);
  } else pipeline(incoming, bounded, out, ended);
  return out;
}

async function* readable(
  body: PassThrough,
  wanted: DownloadRequest,
  deadline: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (cause) {
    throw asExchangeError(cause, wanted, deadline);
  }
}

const tooSlow = (ms: number): ExchangeError => new ExchangeError('timeout', `Nothing came for ${ms} ms.`);

function asExchangeError(cause: unknown, wanted: DownloadRequest, deadline: AbortSignal): ExchangeError {
  if (cause instanceof ExchangeError) return cause;
  if (wanted.signal.aborted) return new ExchangeError('cancelled', 'The download was cancelled.', cause);
  if (deadline.aborted) {
    return new ExchangeError('timeout', `The file did not come within ${wanted.timeoutMs} ms.`, cause);
  }
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return new ExchangeError('unreachable', `The download broke off${code && ` (${code})`}.`, cause);
}
