import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { arrived, takeTurn } from '../event-loop/breath.ts';
import type { Logger } from '../observability/logger.ts';
import { refusalOfLocal } from './door/local-only.ts';
import { type NotificationHandler, serveNotifications } from './door/notifications.ts';
import {
  type HealthHandlers,
  type OperationsGuard,
  serveLiveness,
  serveOperations,
} from './door/operations.ts';
import { readJson } from './read-json.ts';

export type ServerOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Handles one activity and answers the request. The body is parsed. */
  onActivity(request: restify.Request, response: restify.Response): Promise<void>;
  /** Nobody is authenticated: only programs on this machine are let in, and no page in its browser. */
  localOnly: boolean;
  health: HealthHandlers;
  /** Takes in what Microsoft Graph posts; null where it is not asked to. */
  notifications: NotificationHandler | null;
  /** Where and for whom `/readyz` and `/metrics` are; a port of their own takes them off this one. */
  operations: { guard: OperationsGuard } | { host: string; port: number };
  /** How long a request may take to come in, ms. */
  requestTimeoutMs?: number;
  log: Logger;
};

/** `operationsPort` is null where there is no port of its own for them. */
export type RunningServer = { port: number; operationsPort: number | null; close(): Promise<void> };

/** Activities with a card in them stay under 100 KB; what is larger is not from Teams. */
const MAX_BODY_BYTES = 256 * 1024;

/** Teams gives up after 15 seconds; a client that sends its body slower than this is not Teams. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Node looks for slow requests only so often, by itself every 30 seconds. */
const LOOK_FOR_SLOW_MS = 2_000;

/** How long running requests may take to end when the server closes; then they are cut. */
const CLOSE_WITHIN_MS = 3_000;

/**
 * Opens the only door: activities of the Bot Framework, notifications of Graph, and health. Every other path is 404.
 * @returns the ports it listens on, and a way to close them that lets running requests end
 * @throws ListenError when it cannot listen
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, onActivity, health, operations, log } = options;
  const server = createServer(log, options.requestTimeoutMs);
  server.post('/api/messages', async (request: restify.Request, response: restify.Response) => {
    const port = portOf(server.server.address());
    const refused = options.localOnly ? refusalOfLocal(request, port) : null;
    const body = refused ?? (await readJson(request, MAX_BODY_BYTES));
    if ('message' in body) {
      // What is left of the body would be read as the next request.
      response.header('Connection', 'close');
      return void response.send(body.status, { message: body.message });
    }
    request.body = body.value;
    await onActivity(request, response);
  });
  // The Agents Playground asks by HEAD whether a bot is there.
  server.head('/api/messages', async (_request: restify.Request, response: restify.Response) => {
    response.send(200);
  });
  if (options.notifications !== null) serveNotifications(server, options.notifications);
  serveLiveness(server, health);
  if ('guard' in operations) {
    serveOperations(server, health, operations.guard);
    await listen(server, host, options.port, 'PORT', log);
    return { port: portOf(server.server.address()), operationsPort: null, close: () => close(server) };
  }
  const beside = createServer(log);
  serveLiveness(beside, health);
  serveOperations(beside, health, { for: 'everybody' });
  await listen(server, host, options.port, 'PORT', log);
  try {
    await listen(beside, operations.host, operations.port, 'OPERATIONS_PORT', log);
  } catch (error) {
    await close(server);
    throw error;
  }
  return {
    port: portOf(server.server.address()),
    operationsPort: portOf(beside.server.address()),
    close: async () => void (await Promise.all([close(server), close(beside)])),
  };
}

function createServer(log: Logger, requestTimeoutMs = REQUEST_TIMEOUT_MS): restify.Server {
  const server = restify.createServer({
    name: 'License Watch',
    handleUncaughtExceptions: false,
  });
  // Restify makes Node's server without options; this one is read when the server begins to listen.
  Object.assign(server.server, {
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(LOOK_FOR_SLOW_MS, requestTimeoutMs),
  });
  letOthersFirst(server.server);
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
  return server;
}

/**
 * Begins with one of the posted messages in each turn of the event loop, in their order: hundreds can come at once,
 * and a health check behind them is answered at once.
 */
function letOthersFirst(server: Server): void {
  const handlers = server.listeners('request');
  server.on('connection', arrived);
  server.removeAllListeners('request');
  server.on('request', async (request, response) => {
    if (request.method === 'POST') await takeTurn();
    for (const handle of handlers) Reflect.apply(handle, server, [request, response]);
  });
}

async function listen(
  server: restify.Server,
  host: string,
  port: number,
  setting: PortSetting,
  log: Logger,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // Restify tells of its inner server's errors itself, and one that nobody hears ends the process.
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ListenError(host, port, cause, setting)),
    );
    server.listen(port, host, () => resolve());
  });
  server.on('error', (err: Error) => log.error({ err }, 'the port failed'));
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

type PortSetting = 'PORT' | 'OPERATIONS_PORT';

/** The port cannot be opened; the message says what to set. */
export class ListenError extends Error {
  readonly code = 'cannot-listen';
  constructor(host: string, port: number, cause: NodeJS.ErrnoException, setting: PortSetting = 'PORT') {
    super(listenSentence(host, port, cause.code, setting), { cause });
    this.name = 'ListenError';
  }
}

function listenSentence(host: string, port: number, code: string | undefined, setting: PortSetting): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is in use. Stop the program that has it, or set ${setting} to another one.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Set ${setting} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Set ${setting === 'PORT' ? 'HOST' : 'OPERATIONS_HOST'} to one that is, or to 0.0.0.0 for all.`;
    default:
      return `Port ${port} of ${host} cannot be opened (${code ?? 'for an unknown reason'}).`;
  }
}
