import type { CallLog } from '../http/call-log.ts';
import { type ApiCall, type ApiReply, json, Refusal } from '../http/message.ts';
import { param, RouteTable } from '../http/routes.ts';
import type { AppRegistration } from '../sign-in/registration.ts';
import { bearerOf, type TokenIssuer } from '../sign-in/tokens.ts';
import { GUID } from '../tenant/ids.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { ACTIVITY_ROUTES } from './routes.ts';

export type ActivityParts = {
  readonly tenant: Tenant;
  readonly app: AppRegistration;
  readonly tokens: TokenIssuer;
  readonly requests: CallLog;
};

/** This API's error envelope. */
export const activityError = (refusal: Refusal): ApiReply =>
  json({ error: { code: refusal.code, message: refusal.message } }, refusal.status, { ...refusal.headers });

/** The Management Activity API of one tenant. */
export class ActivityService {
  readonly #parts: ActivityParts;
  readonly #routes = new RouteTable(ACTIVITY_ROUTES);

  constructor(parts: ActivityParts) {
    this.#parts = parts;
  }

  /** Answers a request whose path begins with `/api/v1.0/`. */
  handle(request: ApiCall, now: number): ApiReply {
    try {
      return this.#route(request, now);
    } catch (error) {
      if (error instanceof Refusal) return activityError(error);
      throw error;
    }
  }

  #route(request: ApiCall, now: number): ApiReply {
    const { tenant, app, tokens, requests } = this.#parts;
    const token = tokens.check(bearerOf(request.headers.authorization), 'activity', now);
    if (typeof token === 'string') {
      return json({ Message: 'Authorization has been denied for this request.' }, 401);
    }
    const found = this.#routes.find(request.method, request.path);
    if (!found || found === 'other-method') return { status: found ? 405 : 404 };
    const tenantId = param(found.params, 'tenant').toLowerCase();
    requests.count(`${found.route.method} ${found.route.path}`);
    if (!GUID.test(tenantId)) {
      throw new Refusal(400, 'AF20013', `The tenant ID passed in the URL (${tenantId}) is not a valid GUID.`);
    }
    if (tenantId !== tenant.organization.tenantId) {
      const own = tenant.organization.tenantId;
      throw new Refusal(
        400,
        'AF20010',
        `The tenant ID passed in the URL (${tenantId}) does not match the tenant ID passed in the access token (${own}).`,
      );
    }
    if (!app.permissions.has('ActivityFeed.Read') || !token.roles.includes('ActivityFeed.Read')) {
      throw new Refusal(
        401,
        'AF10001',
        'The permission set () sent in the request did not include the expected permission ActivityFeed.Read.',
      );
    }
    return found.route.handle({ request, params: found.params, tenant, now });
  }
}
