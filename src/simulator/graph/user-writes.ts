import { z } from 'zod';
import { deleteUser, purgeUser, restoreUser, updateUser } from '../changes/users.ts';
import { type ApiReply, jsonBody } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { isKnownLocation } from '../licensing/violations.ts';
import { pageSize } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { isoSeconds } from '../tenant/clock.ts';
import type { DeletedAccount } from '../tenant/directory.ts';
import { badRequest, collection, doingOf, entity, type GraphCall, notFound, userIn } from './call.ts';
import { DEFAULT_USER_PROPERTIES, renderUser } from './user-properties.ts';
import { userProperties } from './user-selection.ts';

const NullableText = z.string().nullable();
const Patch = z.strictObject({
  displayName: z.string().min(1).optional(),
  givenName: NullableText.optional(),
  surname: NullableText.optional(),
  userPrincipalName: z.string().min(3).optional(),
  department: NullableText.optional(),
  jobTitle: NullableText.optional(),
  officeLocation: NullableText.optional(),
  usageLocation: NullableText.optional(),
  accountEnabled: z.boolean().optional(),
});

export function patchUser(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const patch = Patch.safeParse(jsonBody(call.request));
  if (!patch.success) throw badRequest('One or more property values specified are invalid.');
  const { usageLocation } = patch.data;
  if (usageLocation && !isKnownLocation(usageLocation)) {
    throw badRequest("Invalid value specified for property 'usageLocation' of resource 'User'.");
  }
  const given = Object.fromEntries(Object.entries(patch.data).filter(([, value]) => value !== undefined));
  updateUser(call.tenant, account, given, doingOf(call));
  return { status: 204 };
}

export function removeUser(call: GraphCall): ApiReply {
  deleteUser(call.tenant, userIn(call, param(call.params, 'id')), doingOf(call));
  return { status: 204 };
}

/** A deleted user's UPN begins with the object id, so that the name is free for somebody else. */
function renderDeleted(call: GraphCall, entry: DeletedAccount): string {
  const upn = `${entry.account.id.replaceAll('-', '')}${entry.account.userPrincipalName}`;
  const text = renderUser({ ...entry.account, userPrincipalName: upn }, userProperties(call, 'one'), call);
  if (!text.includes('"deletedDateTime":null') && call.options.has('select')) return text;
  const without = text.replace(/,?"deletedDateTime":null/, '');
  return `${without.slice(0, -1)},"deletedDateTime":"${isoSeconds(entry.deletedAt)}"}`;
}

export function listDeletedUsers(call: GraphCall): ApiReply {
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const limit = pageSize(call.options, 100, 999);
  const all = call.tenant.directory.allDeleted();
  const page = all.slice(cursor, cursor + limit).map((entry) => renderDeleted(call, entry));
  const end = cursor + page.length;
  return collection(call, 'users', page, {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}

export function getDeletedUser(call: GraphCall): ApiReply {
  const id = param(call.params, 'id');
  const entry = call.tenant.directory.deleted(id);
  if (!entry) throw notFound(id);
  const text = renderDeleted(call, entry);
  return entity(call, 'directoryObjects/$entity', `{"@odata.type":"#microsoft.graph.user",${text.slice(1)}`);
}

export function restoreDeletedUser(call: GraphCall): ApiReply {
  const id = param(call.params, 'id');
  const upn = call.tenant.directory.deleted(id)?.account.userPrincipalName;
  // That it is refused is documented; with what text is not on record.
  if (upn !== undefined && call.tenant.directory.find(upn)) {
    throw badRequest('Another object with the same value for property userPrincipalName already exists.');
  }
  const account = restoreUser(call.tenant, id, doingOf(call));
  if (!account) throw notFound(id);
  const text = renderUser(account, DEFAULT_USER_PROPERTIES, call);
  return entity(call, 'directoryObjects/$entity', `{"@odata.type":"#microsoft.graph.user",${text.slice(1)}`);
}

export function purgeDeletedUser(call: GraphCall): ApiReply {
  const id = param(call.params, 'id');
  if (!purgeUser(call.tenant, id, doingOf(call))) throw notFound(id);
  return { status: 204 };
}
