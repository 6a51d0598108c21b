import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, Response, Server } from 'restify';

/** With the id of the tenant in this header, `/healthz` tells which database this bot has; with another, nothing. */
export const TENANT_HEADER = 'license-watch-tenant';
/** The fingerprint of the database, in the answer. It says nothing of what is in it or where it is. */
export const STORE_HEADER = 'license-watch-store';

/** The three questions that platforms ask a process. */
export type HealthHandlers = {
  /** Whether the process should be left alone; false makes the platform restart it. */
  live(): boolean;
  ready(): Promise<{ ok: boolean; checks: readonly { name: string; ok: boolean; detail: string }[] }>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  /** The fingerprint of our database, for those who name our tenant; null for others, and where there is none. */
  storeOf?(tenantId: string): string | null;
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
export function serveLiveness(server: Server, health: Pick<HealthHandlers, 'live' | 'storeOf'>): void {
  server.get('/healthz', async (request: Request, response: Response) => {
    const ok = health.live();
    const tenantId = request.headers[TENANT_HEADER];
    const store = typeof tenantId === 'string' ? (health.storeOf?.(tenantId) ?? null) : null;
    if (store !== null) response.header(STORE_HEADER, store);
    response.send(ok ? 200 : 503, { ok });
  });
}
