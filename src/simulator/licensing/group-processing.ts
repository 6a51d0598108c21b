import type { Actor, Logging } from '../audit/fact.ts';
import { type Account, gives, type LicenseSource } from '../tenant/account.ts';
import type { Group } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { setSources } from './set-sources.ts';
import { isProhibited, servicePlanViolation } from './violations.ts';

const GROUP_LICENSING: Actor = { kind: 'group-licensing' };

type Failure = { readonly skuId: string; readonly error: string; readonly message: string };

const sourceOf = (
  group: Group,
  skuId: string,
  disabledPlans: readonly string[],
  at: number,
): LicenseSource => ({
  skuId,
  groupId: group.id,
  disabledPlans,
  state: 'Active',
  error: 'None',
  updatedAt: at,
});

/** Why the group's licenses cannot be given, found by trying them one after the other; null when all fit. */
function failureOf(tenant: Tenant, account: Account, group: Group, at: number): Failure | null {
  // For group assignment only, a user without usage location takes the organisation's.
  const location = account.usageLocation ?? tenant.organization.country;
  let sources = account.sources.filter((source) => source.groupId !== group.id);
  for (const { skuId, disabledPlans } of group.licenses) {
    if (isProhibited(tenant.catalogue, skuId, location)) {
      const message = 'License assignment cannot be done for user with invalid usage location.';
      return { skuId, error: 'ProhibitedInUsageLocationViolation', message };
    }
    const held = account.sources.some((source) => source.skuId === skuId && gives(source));
    if (!held && tenant.stock.free(skuId) <= 0) {
      const message = `Subscription with SKU ${skuId} does not have any available licenses.`;
      return { skuId, error: 'CountViolation', message };
    }
    const next = [...sources, sourceOf(group, skuId, disabledPlans, at)];
    const violation = servicePlanViolation(tenant.catalogue, sources, next);
    if (violation) return { skuId, error: violation.kind, message: violation.message };
    sources = next;
  }
  return null;
}

/** Sources of a member: the group's licenses, or all of them in error because one of them failed. */
function memberSources(tenant: Tenant, account: Account, group: Group, at: number) {
  const failure = failureOf(tenant, account, group, at);
  const given = group.licenses.map(({ skuId, disabledPlans }): LicenseSource => {
    const before = account.sources.find((source) => source.groupId === group.id && source.skuId === skuId);
    const source = sourceOf(group, skuId, disabledPlans, before?.updatedAt ?? at);
    if (!failure) return before && gives(before) ? source : { ...source, updatedAt: at };
    const error = skuId === failure.skuId ? failure.error : 'Other';
    return { ...source, state: 'Error', error, updatedAt: at };
  });
  return { given, failure };
}

/** Sources that stay after a user left: none, unless removing them would break a plan that depends on them. */
function leftoverSources(tenant: Tenant, account: Account, group: Group, at: number): LicenseSource[] {
  const kept = account.sources.filter((source) => source.groupId !== group.id);
  const violation = servicePlanViolation(tenant.catalogue, account.sources, kept);
  if (violation?.kind !== 'DependencyViolation') return [];
  return account.sources
    .filter((source) => source.groupId === group.id && gives(source))
    .map((source) => ({ ...source, state: 'ActiveWithError', error: violation.kind, updatedAt: at }));
}

/** Brings one user's licenses in line with the membership of a group, and logs what changed. */
export function processMember(
  tenant: Tenant,
  group: Group,
  userId: string,
  at: number,
  logging: Logging,
): void {
  const account = tenant.directory.find(userId);
  if (!account) return;
  const others = account.sources.filter((source) => source.groupId !== group.id);
  const member = tenant.groups.has(group, account.id)
    ? memberSources(tenant, account, group, at)
    : { given: leftoverSources(tenant, account, group, at), failure: null };
  const sources = [...others, ...member.given];
  if (JSON.stringify(sources) === JSON.stringify(account.sources)) return;
  const change = setSources(tenant, account, sources, at);
  const visible = JSON.stringify(change.before) !== JSON.stringify(change.after) || member.failure !== null;
  if (!visible) return;
  const correlationId = tenant.ids.next();
  const failure = member.failure?.message ?? null;
  tenant.audit.writeLicenseChange({ ...change, at, actor: GROUP_LICENSING, correlationId, failure }, logging);
}

/** Schedules the processing of one member who came or left: it happens later, as with Microsoft. */
export function queueMember(
  tenant: Tenant,
  group: Group,
  userId: string,
  at: number,
  logging: Logging,
): void {
  if (group.licenses.length === 0 && !usesGroup(tenant, userId, group.id)) return;
  group.processing = 'QueuedForProcessing';
  tenant.agenda.add(at + tenant.clock.scaled(tenant.behaviour.groupProcessingMs), (dueAt) => {
    group.processing = 'ProcessingComplete';
    processMember(tenant, group, userId, dueAt, logging);
  });
}

const usesGroup = (tenant: Tenant, userId: string, groupId: string): boolean =>
  tenant.directory.find(userId)?.sources.some((source) => source.groupId === groupId) ?? false;

/** Schedules the processing of all members after the group's licenses changed: half-way it is in progress. */
export function queueGroup(tenant: Tenant, group: Group, at: number, logging: Logging): void {
  const delay = tenant.clock.scaled(tenant.behaviour.groupProcessingMs);
  group.processing = 'QueuedForProcessing';
  tenant.agenda.add(at + delay / 2, (dueAt) => {
    group.processing = 'ProcessingInProgress';
    logGroup(tenant, group, 'Start applying group based license to users', dueAt, [], logging);
  });
  tenant.agenda.add(at + delay, (dueAt) => {
    const ids = tenant.groups.members(group, 0, Number.POSITIVE_INFINITY).ids;
    for (const id of ids) processMember(tenant, group, id, dueAt, logging);
    group.processing = 'ProcessingComplete';
    const failed = ids.filter((id) => hasError(tenant, id, group.id)).length;
    const result = `[Users successfully assigned licenses: ${ids.length - failed}, Users for whom license assignment failed: ${failed}.];`;
    const modified = [{ name: 'Result', before: null, after: result }];
    logGroup(tenant, group, 'Finish applying group based license to users', dueAt, modified, logging);
  });
}

/** Whether this group's license is in error for a user. */
export const hasError = (tenant: Tenant, userId: string, groupId: string): boolean =>
  tenant.directory
    .find(userId)
    ?.sources.some((source) => source.groupId === groupId && source.error !== 'None') ?? false;

function logGroup(
  tenant: Tenant,
  group: Group,
  operation: string,
  at: number,
  modified: { name: string; before: null; after: string }[],
  logging: Logging,
): void {
  tenant.audit.write(
    {
      at,
      operation,
      category: 'GroupManagement',
      operationType: 'Update',
      failure: null,
      actor: GROUP_LICENSING,
      correlationId: tenant.ids.next(),
      intraSystemId: tenant.ids.next(),
      targets: [{ kind: 'Group', id: group.id, userPrincipalName: null, modified }],
      details: {},
    },
    logging,
  );
}
