import { z } from 'zod';
import { addMember, membershipLock, removeMember } from '../changes/membership.ts';
import { type ApiReply, jsonBody, Refusal } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { pageSize, selected } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import type { Group } from '../tenant/groups.ts';
import { badRequest, collection, doingOf, type GraphCall, knownUser, notFound } from './call.ts';
import { groupIn, isGroupProperty, renderGroup } from './groups.ts';
import { DEFAULT_USER_PROPERTIES, isUserProperty, renderUser } from './user-properties.ts';

/** A member as a directory object: users and groups in one list, told apart by `@odata.type`. */
function renderMember(call: GraphCall, id: string): string | null {
  const names = selected(call.options);
  const account = call.tenant.directory.find(id);
  if (account) {
    const properties = (names ?? DEFAULT_USER_PROPERTIES).filter(isUserProperty);
    return `{"@odata.type":"#microsoft.graph.user",${renderUser(account, properties, call).slice(1)}`;
  }
  const own = names ?? ['id', 'displayName'];
  const group = call.tenant.groups.find(id);
  if (group) {
    const text = renderGroup(group, own.filter(isGroupProperty));
    return `{"@odata.type":"#microsoft.graph.group",${text.slice(1)}`;
  }
  const unit = call.tenant.units.find(id);
  if (!unit) return null;
  const name = own.includes('displayName') ? { displayName: unit.displayName } : {};
  return JSON.stringify({ '@odata.type': '#microsoft.graph.administrativeUnit', id: unit.id, ...name });
}

/** Objects of several types as one list of finished texts; ids that nobody has are left out. */
export const renderMembers = (call: GraphCall, ids: readonly string[]): string[] =>
  ids.map((id) => renderMember(call, id)).filter((text) => text !== null);

export function listMembers(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const page = call.tenant.groups.members(group, cursor, pageSize(call.options, 100, 999));
  return collection(call, 'directoryObjects', renderMembers(call, page.ids), {
    ...(page.next === null ? {} : { '@odata.nextLink': nextLink(call.request, page.next, call.pageTokens) }),
  });
}

/** Those who own a group, in one page: no group has many. */
export function listOwners(call: GraphCall): ApiReply {
  const { owners } = groupIn(call, param(call.params, 'id'));
  const page = [...owners].slice(0, pageSize(call.options, 100, 999));
  return collection(call, 'directoryObjects', renderMembers(call, page));
}

export function listTransitiveMembers(call: GraphCall): ApiReply {
  const all = call.tenant.groups.transitive(groupIn(call, param(call.params, 'id')));
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const end = cursor + pageSize(call.options, 100, 999);
  const page = collection(call, 'directoryObjects', renderMembers(call, all.slice(cursor, end)), {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
  return cursor === 0 ? page : { ...page, delayMs: call.tenant.behaviour.memberPageMs };
}

const notAllowed = (): Refusal =>
  new Refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

/** Refuses groups whose members the app may not change. */
function refuseLocked(call: GraphCall, group: Group): void {
  const lock = membershipLock(group);
  if (lock === 'dynamic') {
    if (call.tenant.behaviour.dynamicGroupRefusal === 'forbidden') throw notAllowed();
    throw badRequest('Insufficient privileges to modify the members of a dynamic membership group.');
  }
  if (lock === 'synced') {
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (lock === 'mail-enabled') {
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
  }
  if (group.isAssignableToRole && !call.app.permissions.has('RoleManagement.ReadWrite.Directory')) {
    throw notAllowed();
  }
}

const ALREADY_THERE =
  "One or more added object references already exist for the following modified properties: 'members'.";

/** The object that a reference names. Throws Graph's refusal for another form, and for one that is not there. */
function referenced(call: GraphCall, reference: string): string {
  const id = /\/(?:directoryObjects|users)\/([^/]+)$/.exec(reference)?.[1];
  if (id === undefined) throw badRequest("Invalid value specified for property '@odata.id'.");
  const member = knownUser(call, id)?.id ?? call.tenant.groups.find(id)?.id;
  if (member === undefined) throw notFound(id);
  return member;
}

const Reference = z.object({ '@odata.id': z.string() });

export function addMemberReference(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const body = Reference.safeParse(jsonBody(call.request));
  refuseLocked(call, group);
  const member = referenced(call, body.data?.['@odata.id'] ?? '');
  if (addMember(call.tenant, group, member, doingOf(call)) === 'already-member') {
    throw badRequest(ALREADY_THERE);
  }
  return { status: 204 };
}

const MAX_LINKS = 20;
const Links = z.strictObject({ 'members@odata.bind': z.array(z.string()).min(1) });

/** `PATCH` with `members@odata.bind`: all of the members, or none where one is there already. */
export function addMembersAtOnce(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const body = Links.safeParse(jsonBody(call.request));
  if (!body.success) throw badRequest('One or more property values specified are invalid.');
  const references = body.data['members@odata.bind'];
  if (references.length > MAX_LINKS) {
    throw badRequest(`A resource cannot contain more than ${MAX_LINKS} link changes.`);
  }
  refuseLocked(call, group);
  const members = references.map((reference) => referenced(call, reference));
  if (members.some((member) => call.tenant.groups.has(group, member))) throw badRequest(ALREADY_THERE);
  for (const member of members) addMember(call.tenant, group, member, doingOf(call));
  return { status: 204 };
}

export function removeMemberReference(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const id = param(call.params, 'member').toLowerCase();
  refuseLocked(call, group);
  if (removeMember(call.tenant, group, id, doingOf(call)) === 'not-a-member') throw notFound(id);
  return { status: 204 };
}
