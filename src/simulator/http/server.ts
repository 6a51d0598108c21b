import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Certificate } from './certificate.ts';
import { compressed } from './compress.ts';
import type { ApiCall, ApiReply, Disturbance } from './message.ts';

/** Far above what any client of Graph sends; a batch of 20 is a few kilobytes. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export type Answer = { readonly reply: ApiReply; readonly disturbance: Disturbance | null };

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function asApiCall(incoming: IncomingMessage, body: string): ApiCall {
  // Links must lead to the name that the client used: localhost, 127.0.0.1, or a proxy's.
  const origin = `https://${incoming.headers.host ?? 'localhost'}`;
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    origin,
    path,
    query: new URLSearchParams(search),
    headers: incoming.headers,
    body,
  };
}

/** In two calls: restify, in the demo's process, replaces `writeHead` by one that returns nothing. */
function end(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body?: Buffer): void {
  response.writeHead(status, headers);
  response.end(body);
}

function send(response: ServerResponse, { reply, disturbance }: Answer, accepts: string | undefined): number {
  const body = Buffer.from(reply.body ?? '');
  const headers = { 'content-type': 'application/json; charset=utf-8', ...reply.headers };
  if (disturbance === null) {
    const wire = compressed(body, accepts);
    const length = { 'content-length': wire.body.length };
    end(response, reply.status, { ...headers, ...wire.headers, ...length }, wire.body);
    return wire.body.length;
  }
  const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)));
  if (disturbance === 'malformed') {
    end(response, reply.status, { ...headers, 'content-length': half.length }, half);
    return half.length;
  }
  response.writeHead(reply.status, { ...headers, 'content-length': body.length + 1 });
  response.write(half, () => {
    if (disturbance === 'cut') response.destroy();
  });
  return half.length;
}

export type RunningServer = { readonly port: number; close(): Promise<void> };

/** Serves `answer` over HTTPS on 127.0.0.1. Port 0 takes a free one. `onSent` counts body bytes. */
export async function serve(options: {
  port: number;
  certificate: Certificate;
  answer: (request: ApiCall) => Answer | Promise<Answer>;
  /** What is added to the time in each answer's Date, ms. */
  dateSkewMs?: () => number;
  onSent: (bytes: number) => void;
}): Promise<RunningServer> {
  const { key, certificate } = options.certificate;
  const server = createServer({ key, cert: certificate, keepAliveTimeout: 60_000 }, (incoming, response) => {
    readBody(incoming)
      .then(async (body) => {
        if (body === null) {
          end(response, 413, { connection: 'close' });
          return;
        }
        const answer = await options.answer(asApiCall(incoming, body));
        const skew = options.dateSkewMs?.() ?? 0;
        if (skew !== 0) response.setHeader('date', new Date(Date.now() + skew).toUTCString());
        const sent = () => send(response, answer, incoming.headers['accept-encoding']?.toString());
        const { delayMs = 0 } = answer.reply;
        if (delayMs === 0) return options.onSent(sent());
        return void setTimeout(() => {
          if (!response.destroyed) options.onSent(sent());
        }, delayMs);
      })
      .catch((error: unknown) => {
        // A client that hangs up is its own business; a mistake of ours must be seen by whoever called.
        if (response.headersSent || response.destroyed) return response.destroy();
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const text = JSON.stringify({ error: { code: 'simulatorFailure', message } });
        return end(response, 500, { 'content-type': 'application/json' }, Buffer.from(text));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return { port: portOf(server), close: () => closeServer(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new RangeError('The server has no port.');
  return address.port;
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
