import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { Logger } from '../observability/logger.ts';
import { readJson } from './read-json.ts';

/** The three questions that platforms ask a process. */
export type HealthHandlers = {
  /** Whether the process should be left alone; false makes the platform restart it. */
  live(): boolean;
  ready(): Promise<{ ok: boolean; checks: readonly { name: string; ok: boolean; detail: string }[] }>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
};

export type ServerOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Handles one activity and answers the request. The body is parsed. */
  onActivity(request: restify.Request, response: restify.Response): Promise<void>;
  health: HealthHandlers;
  log: Logger;
};

export type RunningServer = { port: number; close(): Promise<void> };

/** Activities with a card in them stay under 100 KB; what is larger is not from Teams. */
const MAX_BODY_BYTES = 256 * 1024;

/** Teams gives up after 15 seconds; a client that sends its body slower than this is not Teams. */
const REQUEST_TIMEOUT_MS = 30_000;

/** How long running requests may take to end when the server closes; then they are cut. */
const CLOSE_WITHIN_MS = 3_000;

/**
 * Opens the only door: activities of the Bot Framework, and health. Every other path is 404.
 * @returns the port it listens on, and a way to close it that lets running requests end
 * @throws ListenError when it cannot listen
 */
export async function startServer({
  host,
  port,
  onActivity,
  health,
  log,
}: ServerOptions): Promise<RunningServer> {
  const server = restify.createServer({ name: 'License Watch', handleUncaughtExceptions: false });
  server.server.requestTimeout = REQUEST_TIMEOUT_MS;

  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const body = await readJson(request, MAX_BODY_BYTES);
    if (!body.ok) return void response.send(body.status, { message: body.message });
    request.body = body.value;
    await onActivity(request, response);
  });
  // The Agents Playground asks by HEAD whether a bot is there.
  server.head('/api/messages', async (_request: restify.Request, response: restify.Response) => {
    response.send(200);
  });
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    const ok = health.live();
    response.send(ok ? 200 : 503, { ok });
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const readiness = await health.ready();
    response.send(readiness.ok ? 200 : 503, readiness);
  });
  server.get('/metrics', async (_request: restify.Request, response: restify.Response) => {
    response.sendRaw(200, await health.metrics(), {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  });

  server.on('restifyError', (request, _response, error, done) => {
    if (error.statusCode === undefined || error.statusCode >= 500) {
      log.error({ path: request.path(), err: error }, 'request failed');
    }
    // Restify answers with the error's message, which may say more than a stranger should read.
    error.toJSON = () => ({
      message: error.statusCode === 404 ? 'Nothing is here.' : 'This request cannot be handled.',
    });
    error.toString = () => 'This request cannot be handled.';
    done();
  });

  await new Promise<void>((resolve, reject) => {
    // Restify tells of its inner server's errors itself, and one that nobody hears ends the process.
    server.once('error', (cause: NodeJS.ErrnoException) => reject(new ListenError(host, port, cause)));
    server.listen(port, host, () => resolve());
  });
  server.on('error', (err: Error) => log.error({ err }, 'the port failed'));
  return { port: portOf(server.server.address()), close: () => close(server) };
}

const portOf = (address: AddressInfo | string | null): number =>
  address !== null && typeof address === 'object' ? address.port : 0;

function close(server: restify.Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    // Keep-alive connections without a request would hold the process until they time out.
    server.server.closeIdleConnections();
  });
}

/** The port cannot be opened; the message says what to set. */
export class ListenError extends Error {
  readonly code = 'cannot-listen';
  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    super(listenSentence(host, port, cause.code), { cause });
    this.name = 'ListenError';
  }
}

function listenSentence(host: string, port: number, code: string | undefined): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use. Stop the program that has it, or set PORT to another one.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Set HOST to one that is, or to 0.0.0.0 for all.`;
    default:
      return `Port ${port} of ${host} cannot be opened (${code ?? 'for an unknown reason'}).`;
  }
}
