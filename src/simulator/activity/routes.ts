import { type ApiCall, type ApiReply, json, Refusal } from '../http/message.ts';
import { type Params, param, type Routed } from '../http/routes.ts';
import { decodeToken, encodeToken, linkWith } from '../odata/page-token.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { CONTENT_TYPES, type ContentType, expiresAt } from './feed.ts';
import { activityTime, windowOf } from './times.ts';

export type ActivityCall = {
  readonly request: ApiCall;
  readonly params: Params;
  readonly tenant: Tenant;
  readonly now: number;
};

export type ActivityRoute = Routed & { handle(call: ActivityCall): ApiReply };

const BASE = '/api/v1.0/:tenant/activity/feed';

function contentTypeOf(call: ActivityCall): ContentType {
  const text = call.request.query.get('contentType');
  if (text === null) throw new Refusal(400, 'AF20001', 'Missing parameter: contentType.');
  const known = CONTENT_TYPES.find((one) => one.toLowerCase() === text.toLowerCase());
  if (!known)
    throw new Refusal(400, 'AF20020', `The specified content type is not valid. Content type: ${text}.`);
  return known;
}

/** With auditing off, Microsoft says that the tenant does not exist. */
function refuseUnaudited(call: ActivityCall): void {
  if (call.tenant.activity.auditingEnabled) return;
  const id = call.tenant.organization.tenantId;
  throw new Refusal(
    400,
    `StartSubscription [CorrId=${call.tenant.ids.next()}]`,
    `Microsoft.Office.Compliance.Audit.DataServiceException: Tenant ${id} does not exist.`,
  );
}

function start(call: ActivityCall): ApiReply {
  const contentType = contentTypeOf(call);
  refuseUnaudited(call);
  const { activity } = call.tenant;
  if (activity.isStarted(contentType)) {
    throw new Refusal(400, 'AF20024', 'The subscription is already enabled. No property change.');
  }
  activity.start(contentType, call.now);
  return json({ contentType, status: 'enabled', webhook: null });
}

function stop(call: ActivityCall): ApiReply {
  call.tenant.activity.stop(contentTypeOf(call));
  return { status: 200 };
}

function list(call: ActivityCall): ApiReply {
  const started = CONTENT_TYPES.filter((contentType) => call.tenant.activity.isStarted(contentType));
  return json(started.map((contentType) => ({ contentType, status: 'enabled', webhook: null })));
}

function pageStart(query: URLSearchParams): number {
  const token = query.get('nextPage');
  if (token === null) return 0;
  const cursor = decodeToken(token)?.cursor;
  if (typeof cursor !== 'number') throw new Refusal(400, 'AF20031', 'Invalid nextPage Input.');
  return cursor;
}

function content(call: ActivityCall): ApiReply {
  const { request, tenant, now } = call;
  const contentType = contentTypeOf(call);
  if (!tenant.activity.isStarted(contentType)) {
    throw new Refusal(400, 'AF20022', 'No subscription found for the specified content type.');
  }
  const window = windowOf(request.query, now);
  const all = tenant.activity.content(contentType, window, now);
  const cursor = pageStart(request.query);
  const end = cursor + tenant.behaviour.activityPageSize;
  const base = `${request.origin}/api/v1.0/${tenant.organization.tenantId}/activity/feed/audit`;
  const items = all.slice(cursor, end).map((blob) => ({
    contentUri: `${base}/${blob.id}`,
    contentId: blob.id,
    contentType,
    contentCreated: activityTime(blob.createdAt),
    contentExpiration: activityTime(expiresAt(blob)),
  }));
  const bare = (at: number) => new Date(at).toISOString().slice(0, 19);
  const next = linkWith(request, {
    startTime: bare(window.from),
    endTime: bare(window.to),
    nextPage: encodeToken({ cursor: end }),
  });
  return json(items, 200, end < all.length ? { [tenant.behaviour.nextPageHeader]: next } : {});
}

function blob(call: ActivityCall): ApiReply {
  const id = param(call.params, 'content');
  const found = call.tenant.activity.blob(id);
  if (!found || found.createdAt > call.now) {
    throw new Refusal(404, 'AF20050', `The specified content (${id}) does not exist.`);
  }
  if (expiresAt(found) <= call.now) {
    throw new Refusal(410, 'AF20051', `Content requested with the key ${id} has already expired.`);
  }
  return json(found.records);
}

/** The Office 365 Management Activity API: subscriptions, lists of content, content. */
export const ACTIVITY_ROUTES: readonly ActivityRoute[] = [
  { method: 'POST', path: `${BASE}/subscriptions/start`, handle: start },
  { method: 'POST', path: `${BASE}/subscriptions/stop`, handle: stop },
  { method: 'GET', path: `${BASE}/subscriptions/list`, handle: list },
  { method: 'GET', path: `${BASE}/subscriptions/content`, handle: content },
  { method: 'GET', path: `${BASE}/audit/:content`, handle: blob },
];
