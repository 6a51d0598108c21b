import { z } from 'zod';
import { assignLicense, setGroupLicenses } from '../changes/licenses.ts';
import { type ApiReply, jsonBody } from '../http/message.ts';
import { param } from '../http/routes.ts';
import type { AssignmentRequest } from '../licensing/decide-assignment.ts';
import { processMember } from '../licensing/group-processing.ts';
import { servicePlanViolation } from '../licensing/violations.ts';
import { gives } from '../tenant/account.ts';
import { GUID } from '../tenant/ids.ts';
import { badRequest, doingOf, entity, type GraphCall, notFound, userIn } from './call.ts';
import { groupIn, renderGroup } from './groups.ts';
import { DEFAULT_USER_PROPERTIES, renderUser } from './user-properties.ts';

const Guid = z
  .string()
  .regex(GUID)
  .transform((id) => id.toLowerCase());
const Body = z.object({
  addLicenses: z.array(z.object({ skuId: Guid, disabledPlans: z.array(Guid).nullish() })),
  removeLicenses: z.array(Guid),
});

/** Both keys are mandatory, either may be empty. */
function requestOf(call: GraphCall): AssignmentRequest {
  const body = jsonBody(call.request);
  const missing = ['addLicenses', 'removeLicenses'].filter((key) => !(key in body));
  if (missing.length > 0) {
    throw badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`,
    );
  }
  const parsed = Body.safeParse(body);
  if (!parsed.success) throw badRequest('One or more parameter values are not valid.');
  return {
    add: parsed.data.addLicenses.map(({ skuId, disabledPlans }) => ({
      skuId,
      disabledPlans: disabledPlans ?? [],
    })),
    remove: parsed.data.removeLicenses,
  };
}

const defaultUser = (call: GraphCall, id: string): ApiReply =>
  entity(call, 'users/$entity', renderUser(userIn(call, id), DEFAULT_USER_PROPERTIES, call));

/** Answers the default eleven properties, so without licenses: whoever wants to be sure reads again. */
export function assignUserLicense(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const decision = assignLicense(call.tenant, account, requestOf(call), doingOf(call));
  if (!decision.ok) {
    throw badRequest(
      decision.message,
      decision.detail === null ? [] : [{ code: decision.detail, message: decision.message }],
    );
  }
  return defaultUser(call, account.id);
}

/** 202: the group has the licenses at once, its members get them later. */
export function assignGroupLicense(call: GraphCall): ApiReply {
  const group = groupIn(call, param(call.params, 'id'));
  const request = requestOf(call);
  // "Any security group, or a Microsoft 365 group with securityEnabled": the text of the refusal is not on record.
  if (!group.securityEnabled) throw badRequest('Licenses can be assigned to security-enabled groups only.');
  const owned = new Set(call.tenant.stock.skuIds());
  for (const { skuId } of request.add) {
    if (!owned.has(skuId))
      throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
  }
  for (const skuId of request.remove) {
    if (!group.licenses.some((license) => license.skuId === skuId)) {
      throw badRequest('Group does not have a corresponding license.');
    }
  }
  const changed = new Set([...request.remove, ...request.add.map((license) => license.skuId)]);
  const kept = group.licenses.filter((license) => !changed.has(license.skuId));
  setGroupLicenses(call.tenant, group, [...kept, ...request.add], doingOf(call));
  return entity(call, 'groups/$entity', renderGroup(group, ['id', 'displayName', 'securityEnabled']), 202);
}

/** Processes the user's groups again now, and tells the real error that other places hide. */
export function reprocessUserLicense(call: GraphCall): ApiReply {
  const account = userIn(call, param(call.params, 'id'));
  const doing = doingOf(call);
  for (const id of call.tenant.groups.of(account.id)) {
    const group = call.tenant.groups.find(id);
    if (!group) throw notFound(id);
    processMember(call.tenant, group, account.id, call.now, doing.logging);
  }
  const { sources } = userIn(call, account.id);
  const healed = sources.map((source) => ({ ...source, state: 'Active' as const }));
  const violation = servicePlanViolation(call.tenant.catalogue, sources.filter(gives), healed);
  if (violation) throw badRequest(violation.message);
  return defaultUser(call, account.id);
}
