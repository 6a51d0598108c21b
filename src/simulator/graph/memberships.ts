import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { pageSize } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import { collection, type GraphCall, userIn } from './call.ts';
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
