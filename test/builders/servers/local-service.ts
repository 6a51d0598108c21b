import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export type ReceivedRequest = {
  method: string;
  /** Path and query, decoded. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** What the service does with a request. */
export type Reply =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string>; gzip?: boolean }
  /** Sends half of a body, then closes the connection. */
  | 'cut'
  /** Sends a body without an end. */
  | 'endless'
  /** Sends headers and nothing more. */
  | 'silent'
  /** Sends a letter now and then, and never ends. */
  | 'dripping';

export type LocalService = {
  origin: string;
  received: ReceivedRequest[];
  close(): Promise<void>;
};

/** A real HTTP server on this machine; `reply` decides, request by request. */
export async function startLocalService(
  reply: (request: ReceivedRequest, origin: string) => Reply,
): Promise<LocalService> {
  const received: ReceivedRequest[] = [];
  const server = http.createServer(async (incoming, outgoing) => {
    const request = {
      method: incoming.method ?? '',
      url: decodeURIComponent(incoming.url ?? ''),
      headers: incoming.headers,
      body: await bodyOf(incoming),
    };
    received.push(request);
    answer(outgoing, reply(request, originOf(server)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: originOf(server),
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(outgoing: ServerResponse, reply: Reply): void {
  outgoing.on('error', () => undefined);
  if (reply === 'cut') {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{"value":[', () => outgoing.destroy());
    return;
  }
  if (reply === 'silent') {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.flushHeaders();
    return;
  }
  if (reply === 'endless') {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      if (!outgoing.destroyed) outgoing.write(' '.repeat(65_536), more);
    };
    more();
    return;
  }
  if (reply === 'dripping') {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    const drops = setInterval(() => outgoing.write(' '), 50);
    outgoing.on('close', () => clearInterval(drops));
    return;
  }
  const text = reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json));
  const body = reply.gzip ? gzipSync(text) : Buffer.from(text);
  outgoing.writeHead(reply.status ?? 200, {
    'content-type': 'application/json',
    ...(reply.gzip ? { 'content-encoding': 'gzip' } : {}),
    ...reply.headers,
  });
  outgoing.end(body);
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function originOf(server: http.Server): string {
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}
