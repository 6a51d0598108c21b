import { deleteGroup } from '../changes/groups.ts';
import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { hasError } from '../licensing/group-processing.ts';
import { passes, type Reader, readerOf } from '../odata/evaluate.ts';
import { type Filter, needsIndex, parseFilter } from '../odata/filter.ts';
import { isEventual, pageSize, selected, unsupportedQuery } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { isoSeconds } from '../tenant/clock.ts';
import type { Group } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import {
  badRequest,
  collection,
  doingOf,
  entity,
  type GraphCall,
  notFound,
  unknownProperty,
} from './call.ts';

const DEFAULT_GROUP_PROPERTIES: readonly string[] = [
  'id',
  'createdDateTime',
  'description',
  'displayName',
  'groupTypes',
  'isAssignableToRole',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'onPremisesSyncEnabled',
  'securityEnabled',
  'visibility',
];

/** All that can be selected; `hasMembersWithLicenseErrors` is for filters only and never returned. */
function groupBody(group: Group): Record<string, unknown> {
  return {
    id: group.id,
    createdDateTime: isoSeconds(group.createdAt),
    description: group.description,
    displayName: group.displayName,
    groupTypes: group.groupTypes,
    isAssignableToRole: group.isAssignableToRole,
    mail: group.mailEnabled ? `${group.id.slice(0, 8)}@contoso.com` : null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.id.slice(0, 8),
    membershipRule: group.membershipRule,
    membershipRuleProcessingState: group.membershipRule === null ? null : 'On',
    onPremisesSyncEnabled: group.onPremisesSyncEnabled,
    securityEnabled: group.securityEnabled,
    visibility: null,
    assignedLicenses: group.licenses,
    licenseProcessingState: group.licenses.length === 0 ? null : { state: group.processing },
  };
}

export const isGroupProperty = (name: string): boolean =>
  name === 'assignedLicenses' ||
  name === 'licenseProcessingState' ||
  name === 'membershipRuleProcessingState' ||
  DEFAULT_GROUP_PROPERTIES.includes(name);

/** A group as JSON text with these properties. Throws for a name that a group has not. */
export function renderGroup(group: Group, properties: readonly string[]): string {
  const body = groupBody(group);
  const chosen = properties.filter((name) => name !== 'hasMembersWithLicenseErrors');
  for (const name of chosen) if (!(name in body)) throw unknownProperty(name, 'group');
  return JSON.stringify(Object.fromEntries(chosen.map((name) => [name, body[name]])));
}

export function groupIn(call: GraphCall, id: string): Group {
  const group = call.tenant.groups.find(id);
  if (!group || group.id !== id.toLowerCase()) throw notFound(id);
  return group;
}

/** Direct members in whose license from this group something is wrong. */
const membersWithErrors = (tenant: Tenant, group: Group): string[] =>
  group.licenses.length === 0 ? [] : [...group.members].filter((id) => hasError(tenant, id, group.id));

const readerFor =
  (call: GraphCall, group: Group): Reader =>
  (path) =>
    path === 'hasMembersWithLicenseErrors'
      ? membersWithErrors(call.tenant, group).length > 0
      : readerOf(groupBody(group))(path);

function filterOf(call: GraphCall): Filter | null {
  const text = call.options.get('filter');
  if (text === undefined) return null;
  const filter = parseFilter(text);
  const indexed = isEventual(call.request) && call.options.get('count')?.toLowerCase() === 'true';
  if (needsIndex(filter) && !indexed) throw unsupportedQuery('Unsupported Query.');
  return filter;
}

export function listGroups(call: GraphCall): ApiReply {
  const filter = filterOf(call);
  const properties = selected(call.options) ?? DEFAULT_GROUP_PROPERTIES;
  const all = call.tenant.groups
    .all()
    .filter((group) => filter === null || passes(filter, readerFor(call, group)));
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const page = all.slice(cursor, cursor + pageSize(call.options, 100, 999));
  const end = cursor + page.length;
  const counted = call.options.get('count') === 'true' && isEventual(call.request);
  const texts = page.map((group) => renderGroup(group, properties));
  return collection(call, 'groups', texts, {
    ...(counted ? { '@odata.count': all.length } : {}),
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}

export function getGroup(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const properties = selected(call.options) ?? DEFAULT_GROUP_PROPERTIES;
  return entity(call, 'groups/$entity', renderGroup(group, properties));
}

/** A group that gives licenses cannot be deleted; the text of that refusal is not on record. */
export function removeGroup(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  if (group.licenses.length > 0) throw badRequest('Group has active licenses and cannot be deleted.');
  deleteGroup(call.tenant, group, doingOf(call));
  return { status: 204 };
}

export function listMembersWithErrors(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const members = membersWithErrors(call.tenant, group).map((id) => {
    const displayName = call.tenant.directory.find(id)?.displayName ?? null;
    return JSON.stringify({ '@odata.type': '#microsoft.graph.user', id, displayName });
  });
  return collection(call, 'directoryObjects', members);
}
