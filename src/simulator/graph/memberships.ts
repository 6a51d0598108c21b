import { z } from 'zod';
import { type ApiReply, jsonBody, Refusal } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { pageSize } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { badRequest, collection, type GraphCall, userIn } from './call.ts';
import { renderMembers } from './group-members.ts';

/** What a user is a direct member of: groups, and administrative units. */
export const listMemberOf = (call: GraphCall): ApiReply =>
  page(call, (userId) => [...call.tenant.groups.of(userId), ...unitsOf(call, userId)]);

/** The same with the groups that those groups are in. */
export const listTransitiveMemberOf = (call: GraphCall): ApiReply =>
  page(call, (userId) => [...call.tenant.groups.above(userId), ...unitsOf(call, userId)]);

const unitsOf = (call: GraphCall, userId: string): string[] =>
  call.tenant.units.of(userId).map((unit) => unit.id);

function page(call: GraphCall, idsOf: (userId: string) => string[]): ApiReply {
  const all = idsOf(userIn(call, param(call.params, 'id')).id);
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const end = cursor + pageSize(call.options, 100, 999);
  return collection(call, 'directoryObjects', renderMembers(call, all.slice(cursor, end)), {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}

const GROUP_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_GROUPS = 20;
const Asked = z.object({ groupIds: z.array(z.string()).min(1) });
const READS_USERS = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All', 'Directory.Read.All'];

/**
 * Of the groups asked for, those that the user is in, directly or by others, as `directoryobject-checkmembergroups` of
 * the Graph documentation: up to 20, all refused for one id that is none, and with two permissions.
 */
export function checkMemberGroups(call: GraphCall): ApiReply {
  if (!READS_USERS.some((permission) => call.app.permissions.has(permission))) {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  const body = Asked.safeParse(jsonBody(call.request));
  if (!body.success) throw badRequest("The request is missing the required parameter 'groupIds'.");
  const { groupIds } = body.data;
  if (groupIds.length > MAX_GROUPS) {
    throw badRequest(`The number of group ids exceeds the limit of ${MAX_GROUPS}.`);
  }
  const misfit = groupIds.find((id) => !GROUP_ID.test(id));
  if (misfit !== undefined) throw badRequest(`Invalid object identifier '${misfit}'.`);
  const theirs = new Set(call.tenant.groups.above(userIn(call, param(call.params, 'id')).id));
  const found = groupIds.filter((id) => theirs.has(id.toLowerCase()));
  return collection(
    call,
    'Collection(Edm.String)',
    found.map((id) => JSON.stringify(id)),
  );
}
