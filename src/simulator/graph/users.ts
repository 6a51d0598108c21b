import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { passes, type Reader } from '../odata/evaluate.ts';
import { type Filter, needsIndex, parseFilter, pathsOf } from '../odata/filter.ts';
import { isEventual, pageSize, refuseOptions, unsupportedQuery } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { type Account, heldLicenses } from '../tenant/account.ts';
import type { Directory } from '../tenant/directory.ts';
import { collection, entity, type GraphCall, unknownProperty, userIn } from './call.ts';
import { isUserProperty, renderProperty, renderUser } from './user-properties.ts';
import { requireSignInActivity, userProperties } from './user-selection.ts';

/** Reads what a `$filter` names, without rendering the whole user. */
const readerFor =
  (call: GraphCall, account: Account): Reader =>
  (path) => {
    if (path === 'assignedLicenses') return heldLicenses(account.sources);
    if (path === 'assignedLicenses/$count') return heldLicenses(account.sources).length;
    const [name = '', ...rest] = path.split('/');
    let value: unknown = JSON.parse(renderProperty(name, account, call) ?? 'null');
    for (const key of rest) value = (value as Record<string, unknown> | null)?.[key];
    return value;
  };

function filterOf(call: GraphCall): Filter | null {
  const text = call.options.get('filter');
  if (text === undefined) return null;
  const filter = parseFilter(text);
  for (const path of pathsOf(filter)) {
    const [name = ''] = path.split('/');
    if (!isUserProperty(name)) throw unknownProperty(name, 'user');
    if (name === 'signInActivity') requireSignInActivity(call);
    if (name === 'licenseAssignmentStates')
      throw unsupportedQuery(
        `Unsupported or invalid query filter clause specified for property '${name}' of resource 'User'.`,
      );
  }
  const indexed = isEventual(call.request) && call.options.get('count')?.toLowerCase() === 'true';
  if (needsIndex(filter) && !indexed) throw unsupportedQuery('Unsupported Query.');
  return filter;
}

const matches = (call: GraphCall, filter: Filter | null, account: Account): boolean =>
  filter === null || passes(filter, readerFor(call, account));

function count(call: GraphCall, filter: Filter | null): number {
  const { directory } = call.tenant;
  let total = 0;
  for (let slot = 0; slot < directory.slots; slot += 1) {
    const account = directory.at(slot);
    if (account && matches(call, filter, account)) total += 1;
  }
  return total;
}

/** Whether any slot from this one on is taken; a page that ends with the last user has no next link. */
function anyoneFrom(directory: Directory, slot: number): boolean {
  for (let at = slot; at < directory.slots; at += 1) if (directory.at(at)) return true;
  return false;
}

/** Page size: at most 999, and less, silently, when `signInActivity` is asked for; that counts as a report. */
function limitOf(call: GraphCall, properties: readonly string[]): number {
  const size = pageSize(call.options, 100, 999);
  const reports =
    properties.includes('signInActivity') || call.options.get('filter')?.includes('signInActivity');
  if (!reports) return size;
  call.enterReports();
  return Math.min(size, call.tenant.behaviour.signInActivityPageSize);
}

export function listUsers(call: GraphCall): ApiReply {
  const { options, request, tenant } = call;
  refuseOptions(options, ['skip']);
  const properties = userProperties(call, 'collection');
  const filter = filterOf(call);
  const limit = limitOf(call, properties);
  const { directory } = tenant;
  const users: string[] = [];
  let slot = cursorOf(options.get('skiptoken'), call.pageTokens);
  for (; slot < directory.slots && users.length < limit; slot += 1) {
    const account = directory.at(slot);
    if (account && matches(call, filter, account)) users.push(renderUser(account, properties, call));
  }
  const counted = options.get('count') === 'true' && isEventual(request) && !options.has('skiptoken');
  const context = options.has('select') ? `users(${properties.join(',')})` : 'users';
  return collection(call, context, users, {
    ...(counted ? { '@odata.count': count(call, filter) } : {}),
    ...(anyoneFrom(directory, slot) ? { '@odata.nextLink': nextLink(request, slot, call.pageTokens) } : {}),
  });
}

export function countUsers(call: GraphCall): ApiReply {
  if (!isEventual(call.request)) {
    throw unsupportedQuery('$count is not currently supported without the ConsistencyLevel header.');
  }
  const filter = call.options.get('filter');
  const total = count(call, filter === undefined ? null : parseFilter(filter));
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(total) };
}

export function getUser(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const properties = userProperties(call, 'one');
  if (properties.includes('signInActivity')) call.enterSignInsOfOne();
  const context = call.options.has('select') ? `users(${properties.join(',')})/$entity` : 'users/$entity';
  return entity(call, context, renderUser(account, properties, call));
}

export function listLicenseDetails(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const details = heldLicenses(account.sources).map(({ skuId, disabledPlans }) => {
    const product = call.tenant.catalogue.find(skuId);
    return JSON.stringify({
      id: Buffer.from(`${account.id}${skuId}`).toString('base64url'),
      skuId,
      skuPartNumber: product?.partNumber ?? null,
      servicePlans: (product?.plans ?? []).map((plan) => ({
        servicePlanId: plan.id,
        servicePlanName: plan.name,
        provisioningStatus: disabledPlans.includes(plan.id) ? 'Disabled' : 'Success',
        appliesTo: 'User',
      })),
    });
  });
  return collection(call, `users('${account.id}')/licenseDetails`, details);
}
