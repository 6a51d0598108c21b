import type { ApiReply } from '../http/message.ts';
import { type Filter, parseFilter } from '../odata/filter.ts';
import { refuseOptions, selected, unsupportedQuery } from '../odata/options.ts';
import type { Account } from '../tenant/account.ts';
import { UNTRACKED, type UserChange } from '../tenant/change-log.ts';
import { collection, type GraphCall } from './call.ts';
import { type DeltaScope, type DeltaState, decodeDelta, encodeDelta } from './delta-token.ts';
import { DEFAULT_USER_PROPERTIES, renderProperty } from './user-properties.ts';
import { userProperties } from './user-selection.ts';

const MAX_FILTERED_IDS = 50;

function filteredIds(filter: Filter): string[] {
  if (filter.kind === 'or') return [...filteredIds(filter.left), ...filteredIds(filter.right)];
  if (filter.kind === 'compare' && filter.path === 'id' && filter.comparison === 'eq') {
    return [String(filter.value).toLowerCase()];
  }
  throw unsupportedQuery('Only id eq clauses are supported in a delta filter.');
}

function scopeOf(call: GraphCall): DeltaScope {
  refuseOptions(call.options, ['top', 'expand', 'orderby', 'search', 'count', 'skip']);
  userProperties(call, 'collection');
  const filter = call.options.get('filter');
  const ids = filter === undefined ? null : filteredIds(parseFilter(filter));
  if (ids && ids.length > MAX_FILTERED_IDS) throw unsupportedQuery('Too many ids in the filter.');
  return { select: selected(call.options), ids };
}

const propertiesOf = (scope: DeltaScope): string[] => [
  ...new Set(['id', ...(scope.select ?? DEFAULT_USER_PROPERTIES)]),
];

/** A user as delta tells it: properties that never had a value are left out. */
function renderItem(
  call: GraphCall,
  account: Account,
  properties: readonly string[],
  minimal: Set<string> | null,
) {
  let body = '';
  for (const name of properties) {
    const value = renderProperty(name, account, call);
    const wanted = minimal === null ? value !== 'null' : name === 'id' || minimal.has(name);
    if (value !== undefined && wanted) body += `${body === '' ? '' : ','}"${name}":${value}`;
  }
  return `{${body}}`;
}

function snapshotPage(call: GraphCall, state: DeltaState): { items: string[]; next: DeltaState | null } {
  const { directory, behaviour } = call.tenant;
  const properties = propertiesOf(state);
  const items: string[] = [];
  let slot = state.cursor;
  for (; slot < directory.slots && items.length < behaviour.deltaPageSize; slot += 1) {
    const account = directory.at(slot);
    if (!account || (state.ids && !state.ids.includes(account.id))) continue;
    items.push(renderItem(call, account, properties, null));
  }
  return { items, next: slot < directory.slots ? { ...state, cursor: slot } : null };
}

/** Changes that this scope reports: those of selected, tracked properties, and removals. */
function reported(changes: readonly UserChange[], scope: DeltaScope): UserChange[] {
  const watched = new Set(propertiesOf(scope).filter((name) => !UNTRACKED.has(name)));
  return changes.filter(
    (change) =>
      (scope.ids === null || scope.ids.includes(change.userId)) &&
      (change.removed !== null || change.properties.some((name) => watched.has(name))),
  );
}

function changeItem(
  call: GraphCall,
  userId: string,
  changes: readonly UserChange[],
  scope: DeltaScope,
): string {
  const account = call.tenant.directory.find(userId);
  if (!account) {
    const gone = changes.some((change) => change.removed === 'deleted') ? 'deleted' : 'changed';
    return JSON.stringify({ id: userId, '@removed': { reason: gone } });
  }
  const minimal = /return=minimal/i.test(String(call.request.headers.prefer ?? ''));
  const changed = new Set(changes.flatMap((change) => change.properties));
  return renderItem(call, account, propertiesOf(scope), minimal ? changed : null);
}

function changesPage(call: GraphCall, state: DeltaState): { items: string[]; next: DeltaState | null } {
  const { changes, behaviour } = call.tenant;
  const all = reported(changes.since(state.order).slice(0, state.head - state.order), state);
  const byUser = Map.groupBy(all, (change) => change.userId);
  const once = [...byUser.keys()];
  const users = behaviour.deltaDuplicates ? [...once, ...once.toReversed()] : once;
  const end = state.cursor + behaviour.deltaPageSize;
  const items = users
    .slice(state.cursor, end)
    .map((userId) => changeItem(call, userId, byUser.get(userId) ?? [], state));
  return { items, next: end < users.length ? { ...state, cursor: end } : null };
}

function stateOf(call: GraphCall): DeltaState | 'latest' {
  const { options, tenant, now, request } = call;
  const token = options.get('deltatoken');
  const skip = options.get('skiptoken');
  const head = tenant.changes.head;
  const era = call.deltaTokens.current;
  if (token?.toLowerCase() === 'latest') return 'latest';
  const restart = `${request.origin}${request.path}?$deltatoken=`;
  const context = { era: call.deltaTokens, behaviour: tenant.behaviour, now, restart };
  if (skip !== undefined) return decodeDelta(skip, context);
  if (token === undefined || token === '') {
    return { ...scopeOf(call), phase: 'snapshot', cursor: 0, order: head, head, era, at: now };
  }
  return { ...decodeDelta(token, context), phase: 'changes', cursor: 0, head, era, at: now };
}

/** `users/delta`: a snapshot first, then what changed since the link, page by page. */
export function usersDelta(call: GraphCall): ApiReply {
  const { request, tenant, now } = call;
  const link = (name: string, state: DeltaState) =>
    `${request.origin}${request.path}?${name}=${encodeDelta(state)}`;
  const asked = stateOf(call);
  if (asked === 'latest') {
    const order = tenant.changes.head;
    const era = call.deltaTokens.current;
    const state: DeltaState = {
      ...scopeOf(call),
      phase: 'changes',
      cursor: 0,
      order,
      head: order,
      era,
      at: now,
    };
    return collection(call, 'users', [], { '@odata.deltaLink': link('$deltatoken', state) });
  }
  const page = asked.phase === 'snapshot' ? snapshotPage(call, asked) : changesPage(call, asked);
  // The next round begins where this one began to look, so that nothing between two pages is missed.
  const done: DeltaState = { ...asked, phase: 'changes', cursor: 0, order: asked.head, at: now };
  return collection(call, 'users', page.items, {
    ...(page.next
      ? { '@odata.nextLink': link('$skiptoken', page.next) }
      : { '@odata.deltaLink': link('$deltatoken', done) }),
  });
}
