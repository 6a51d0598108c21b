import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { pageSize, selected } from '../odata/options.ts';
import { cursorOf, nextLink } from '../odata/page-token.ts';
import type { AdministrativeUnit } from '../tenant/units.ts';
import { collection, entity, type GraphCall, notFound, unknownProperty } from './call.ts';
import { renderMembers } from './group-members.ts';

function renderUnit(call: GraphCall, unit: AdministrativeUnit): string {
  const body: Record<string, unknown> = {
    id: unit.id,
    deletedDateTime: null,
    displayName: unit.displayName,
    description: unit.description,
    isMemberManagementRestricted: false,
    membershipRule: null,
    membershipType: null,
    membershipRuleProcessingState: null,
    visibility: null,
  };
  const names = selected(call.options) ?? Object.keys(body);
  for (const name of names) if (!(name in body)) throw unknownProperty(name, 'administrativeUnit');
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, body[name]])));
}

function unitIn(call: GraphCall): AdministrativeUnit {
  const id = param(call.params, 'id');
  const unit = call.tenant.units.find(id);
  if (!unit || unit.id !== id.toLowerCase()) throw notFound(id);
  return unit;
}

export function listUnits(call: GraphCall): ApiReply {
  const units = call.tenant.units.all().map((unit) => renderUnit(call, unit));
  return collection(call, 'directory/administrativeUnits', units);
}

export const getUnit = (call: GraphCall): ApiReply =>
  entity(call, 'directory/administrativeUnits/$entity', renderUnit(call, unitIn(call)));

/** Users and groups in one list, told apart by `@odata.type`. */
export function listUnitMembers(call: GraphCall): ApiReply {
  const all = [...unitIn(call).members];
  const cursor = cursorOf(call.options.get('skiptoken'), call.pageTokens);
  const end = cursor + pageSize(call.options, 100, 999);
  return collection(call, 'directoryObjects', renderMembers(call, all.slice(cursor, end)), {
    ...(end < all.length ? { '@odata.nextLink': nextLink(call.request, end, call.pageTokens) } : {}),
  });
}
