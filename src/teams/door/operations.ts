import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Response, Server } from 'restify';

/** The three questions that platforms ask a process. */
export type HealthHandlers = {
  /** Whether the process should be left alone; false makes the platform restart it. */
  live(): boolean;
  ready(): Promise<{ ok: boolean; checks: readonly { name: string; ok: boolean; detail: string }[] }>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
};

/**
 * Whom the answers about our work are for: `everybody` who reaches the port, as that is this machine or a port of its
 * own; or only those with the token (null: nobody), and everybody else learns ready or not.
 */
export type OperationsGuard = { for: 'everybody' } | { for: 'token'; token: string | null };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing of the token. */
function isAllowed(guard: OperationsGuard, authorization: string | undefined): boolean {
  if (guard.for === 'everybody') return true;
  const shown = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return guard.token !== null && shown !== undefined && timingSafeEqual(digest(shown), digest(guard.token));
}

/** Answers `/readyz` and `/metrics`. Of readiness everybody learns the status; the reasons name hosts and permissions. */
export function serveOperations(server: Server, health: HealthHandlers, guard: OperationsGuard): void {
  server.get('/readyz', async (request: Request, response: Response) => {
    const readiness = await health.ready();
    const status = readiness.ok ? 200 : 503;
    if (isAllowed(guard, request.headers.authorization)) return void response.send(status, readiness);
    response.sendRaw(status, '', { 'Content-Length': '0' });
  });
  server.get('/metrics', async (request: Request, response: Response) => {
    if (!isAllowed(guard, request.headers.authorization)) {
      response.header('WWW-Authenticate', 'Bearer realm="License Watch metrics"');
      return void response.send(401, { message: 'Send OPERATIONS_TOKEN as a bearer token.' });
    }
    response.sendRaw(200, await health.metrics(), {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  });
}

/** Answers `/healthz`: platforms ask it without a token, and it says nothing but that the process lives. */
export function serveLiveness(server: Server, health: Pick<HealthHandlers, 'live'>): void {
  server.get('/healthz', async (_request: Request, response: Response) => {
    const ok = health.live();
    response.send(ok ? 200 : 503, { ok });
  });
}
