import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { passes, readerOf } from '../odata/evaluate.ts';
import { type Filter, parseFilter, pathsOf } from '../odata/filter.ts';
import { unsupportedQuery } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { badRequest, collection, entity, type GraphCall, notFound } from './call.ts';
import { requirePremium } from './user-selection.ts';

/** What the documentation lists as filterable; `category`, `result` and `operationType` are not. */
const FILTERABLE = new Set([
  'activityDateTime',
  'activityDisplayName',
  'correlationId',
  'id',
  'loggedByService',
  'initiatedBy/user/id',
  'initiatedBy/user/displayName',
  'initiatedBy/user/userPrincipalName',
  'initiatedBy/app/appId',
  'initiatedBy/app/displayName',
  'targetResources/id',
  'targetResources/displayName',
]);

function filterOf(call: GraphCall): Filter | null {
  const text = call.options.get('filter');
  if (text === undefined) return null;
  const filter = parseFilter(text);
  for (const path of pathsOf(filter)) {
    const allowed = path === 'category' && call.tenant.behaviour.auditCategoryFilter;
    if (!allowed && !FILTERABLE.has(path))
      throw unsupportedQuery(`Filter on property '${path}' is not supported.`);
  }
  return filter;
}

function limitOf(call: GraphCall): number {
  const max = call.tenant.behaviour.directoryAuditPageSize;
  const top = call.options.get('top');
  if (top === undefined) return max;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1) throw badRequest(`Invalid page size specified: '${top}'.`);
  return Math.min(size, max);
}

/** Newest first, unless `$orderby=activityDateTime` (or `… asc`) turns it round. */
export function listDirectoryAudits(call: GraphCall): ApiReply {
  call.enterReports();
  requirePremium(call);
  const filter = filterOf(call);
  const newestFirst = call.tenant.audit
    .readable(call.now)
    .filter((record) => filter === null || passes(filter, readerOf(record)));
  const order = call.options.get('orderby') ?? 'activityDateTime desc';
  const all = /desc$/i.test(order.trim()) ? newestFirst : newestFirst.toReversed();
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const end = cursor + limitOf(call);
  const page = all.slice(cursor, end).map((record) => JSON.stringify(record));
  return collection(call, 'auditLogs/directoryAudits', page, {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}

export function getDirectoryAudit(call: GraphCall): ApiReply {
  call.enterReports();
  const id = param(call.params, 'id');
  const record = call.tenant.audit.readable(call.now).find((one) => one.id === id);
  if (!record) throw notFound(id);
  return entity(call, 'auditLogs/directoryAudits/$entity', JSON.stringify(record));
}
