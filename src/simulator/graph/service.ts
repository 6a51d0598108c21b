import type { CallLog } from '../http/call-log.ts';
import type { Effect, FaultBoard } from '../http/faults.ts';
import { type ApiCall, type ApiReply, Refusal } from '../http/message.ts';
import { RouteTable } from '../http/routes.ts';
import type { WriteLog } from '../http/write-log.ts';
import { odataOptions } from '../odata/options.ts';
import type { TokenEra } from '../odata/page-token.ts';
import type { ReportDownloads } from '../reports/downloads.ts';
import type { AppRegistration } from '../sign-in/registration.ts';
import { type AccessToken, bearerOf, type TokenIssuer, type TokenProblem } from '../sign-in/tokens.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { handleBatch } from './batch.ts';
import type { GraphCall, GraphRoute } from './call.ts';
import { correlationHeaders, graphError } from './envelope.ts';
import type { LicenseTexts } from './license-texts.ts';
import { REPORT_LIMITS, ReportThrottle } from './report-throttle.ts';
import { ResourceMeter, resourceUnits, unitLimit } from './resource-units.ts';
import { GRAPH_ROUTES } from './routes.ts';
import { writeTarget } from './write-target.ts';
import { MICROSOFT_WRITE_LIMIT, WriteThrottle } from './write-throttle.ts';

export type GraphParts = {
  readonly tenant: Tenant;
  readonly app: AppRegistration;
  readonly tokens: TokenIssuer;
  readonly faults: FaultBoard;
  readonly requests: CallLog;
  readonly writes: WriteLog;
  readonly texts: LicenseTexts;
  readonly downloads: ReportDownloads;
  readonly pageTokens: TokenEra;
  readonly deltaTokens: TokenEra;
};

const TOKEN_PROBLEMS: Record<TokenProblem, string> = {
  empty: 'Access token is empty.',
  unknown: 'CompactToken parsing failed with error code: 80049217',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Access token validation failure. Invalid audience.',
};

/** Microsoft Graph v1.0 of one tenant. */
export class GraphService {
  readonly #parts: GraphParts;
  readonly #routes = new RouteTable(GRAPH_ROUTES);
  readonly #reports = new ReportThrottle(REPORT_LIMITS.listings);
  readonly #signInsOfOne = new ReportThrottle(REPORT_LIMITS.oneUser);
  readonly #usage = new ReportThrottle(REPORT_LIMITS.usage);
  readonly #meter = new ResourceMeter();
  readonly #writeThrottle = new WriteThrottle();

  constructor(parts: GraphParts) {
    this.#parts = parts;
  }

  /** Answers a request whose path begins with `/v1.0/`. */
  handle(request: ApiCall, now: number): ApiReply {
    if (request.method === 'POST' && request.path === '/v1.0/$batch') {
      this.#parts.requests.count('POST /v1.0/$batch');
      return this.#guarded(request, now, () => {
        this.#signedIn(request, now);
        return handleBatch(request, (inner) => this.#inner(inner, now));
      });
    }
    return this.#guarded(request, now, () => this.#route(request, now));
  }

  /** A request inside a batch meets the faults of its own path, as far as they are statuses. */
  #inner(request: ApiCall, now: number): ApiReply {
    const query = request.query.size > 0 ? `?${request.query}` : '';
    const effect = this.#parts.faults.take(request.method, `${request.path}${query}`);
    if (effect?.kind === 'status') {
      if (effect.carriedOut) this.#guarded(request, now, () => this.#route(request, now));
      return graphError(request, statusRefusal(effect), now);
    }
    return this.#guarded(request, now, () => this.#route(request, now));
  }

  #guarded(request: ApiCall, now: number, answer: () => ApiReply): ApiReply {
    try {
      const reply = answer();
      return { ...reply, headers: { ...correlationHeaders(request), ...reply.headers } };
    } catch (error) {
      if (error instanceof Refusal) return graphError(request, error, now);
      throw error;
    }
  }

  #signedIn(request: ApiCall, now: number): AccessToken {
    const token = this.#parts.tokens.check(bearerOf(request.headers.authorization), 'graph', now);
    if (typeof token === 'object') return token;
    throw new Refusal(401, 'InvalidAuthenticationToken', TOKEN_PROBLEMS[token], {
      headers: {
        'www-authenticate': `Bearer realm="", authorization_uri="${request.origin}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
      },
    });
  }

  #route(request: ApiCall, now: number): ApiReply {
    const token = this.#signedIn(request, now);
    const path = request.path
      .replace(/\(commerceSubscriptionId='([^']*)'\)$/i, '/$1')
      .replace(/\/applications\(appId='([^']*)'\)$/i, '/applications/$1')
      .replace(/\/servicePrincipals\(appId='([^']*)'\)$/i, '/servicePrincipals/by-app/$1');
    const found = this.#routes.find(request.method, path);
    if (found === null) {
      const [, , segment = ''] = path.split('/');
      throw new Refusal(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
    }
    if (found === 'other-method') {
      throw new Refusal(
        405,
        'Request_BadRequest',
        'Specified HTTP method is not allowed for the request target.',
      );
    }
    const { route, params } = found;
    const { tenant, app, texts, pageTokens, deltaTokens, requests, downloads } = this.#parts;
    requests.count(`${route.method} ${route.path}`);
    // What was granted after the token was given out is not in it; what was taken away counts sooner.
    const held = (permission: string) => app.permissions.has(permission) && token.roles.includes(permission);
    if (route.needs.length > 0 && !route.needs.some(held)) {
      throw new Refusal(
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      );
    }
    const throttled = (throttle: ReportThrottle) => () => {
      if (tenant.behaviour.reportThrottle) throttle.enter(now);
    };
    const options = odataOptions(request.query);
    const unitHeaders = this.#meterUnits(resourceUnits(route.method, route.path, options), now);
    const call = {
      request,
      options,
      params,
      tenant,
      app,
      now,
      texts,
      pageTokens,
      deltaTokens,
      enterReports: throttled(this.#reports),
      enterSignInsOfOne: throttled(this.#signInsOfOne),
      enterUsageReports: throttled(this.#usage),
      downloads,
      clockNow: () => tenant.clock.now(),
    };
    const reply = route.method === 'GET' || route.reads ? route.handle(call) : this.#write(route, call);
    return { ...reply, headers: { ...reply.headers, ...unitHeaders } };
  }

  /** Writes have a limit of their own, and each that is let in is noted with what became of it. */
  #write(route: GraphRoute, call: GraphCall): ApiReply {
    const { request, now } = call;
    const { tenant, writes } = this.#parts;
    const { writeLimit } = tenant.behaviour;
    if (writeLimit !== null) {
      const limit = writeLimit === 'microsoft' ? MICROSOFT_WRITE_LIMIT : writeLimit;
      this.#writeThrottle.enter(now, limit, this.#throttleScope());
    }
    const note = (status: number) =>
      writes.add({
        method: request.method,
        target: writeTarget(request),
        body: request.body,
        status,
        at: now,
      });
    try {
      const reply = route.handle(call);
      note(reply.status);
      return reply;
    } catch (error) {
      if (error instanceof Refusal) note(error.status);
      throw error;
    }
  }

  #throttleScope(): string {
    const { app } = this.#parts;
    return `Tenant_Application/ReadWrite/${app.clientId}/${app.tenantId}`;
  }

  /** Counts what a request costs; the used share is told from 0.8 on, as Graph does. */
  #meterUnits(cost: number, now: number): Record<string, string> {
    const { tenant } = this.#parts;
    const { resourceUnits: units } = tenant.behaviour;
    const limit = units === 'by-size' ? unitLimit(tenant.directory.slots) : units;
    const told = { 'x-ms-resource-unit': String(cost) };
    if (limit === null) return told;
    const share = this.#meter.enter(now, cost, limit, this.#throttleScope());
    return share < 0.8 ? told : { ...told, 'x-ms-throttle-limit-percentage': share.toFixed(1) };
  }
}

/** The refusal that a fault of kind `status` stands for. */
export function statusRefusal(effect: Extract<Effect, { kind: 'status' }>): Refusal {
  const known: Record<number, [string, string]> = {
    401: ['InvalidAuthenticationToken', 'Access token validation failure.'],
    403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
    404: ['Request_ResourceNotFound', 'Resource not found.'],
    429: ['TooManyRequests', 'Too many requests.'],
    503: ['serviceNotAvailable', 'The service is temporarily unavailable.'],
    504: ['GatewayTimeout', 'The gateway timed out.'],
  };
  const [code, message] = known[effect.status] ?? ['generalException', 'An unexpected error occurred.'];
  const headers = effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter };
  return new Refusal(effect.status, effect.code ?? code, effect.message ?? message, { headers });
}
