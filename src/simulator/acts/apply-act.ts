import { auditingRecord } from '../audit/auditing-record.ts';
import type { Actor, Logging } from '../audit/fact.ts';
import { deleteGroup } from '../changes/groups.ts';
import { assignLicense, type Doing, setGroupLicenses, withdrawSku } from '../changes/licenses.ts';
import { addMember, removeMember } from '../changes/membership.ts';
import { setSeats, setSubscriptionStatus } from '../changes/purchases.ts';
import { deleteUser, restoreUser, updateUser } from '../changes/users.ts';
import type { AssignmentRequest } from '../licensing/decide-assignment.ts';
import { ADMIN_UPN } from '../scenarios/well-known.ts';
import { writeAttackStep, writeOrdinaryDays } from '../security/apply-security.ts';
import type { Account } from '../tenant/account.ts';
import { idOf } from '../tenant/ids.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Act } from './act.ts';

/** An act that names what the tenant does not have, or that Microsoft's rules forbid. */
export class ActError extends Error {
  readonly code = 'act-refused';
  constructor(message: string) {
    super(message);
    this.name = 'ActError';
  }
}

function userOf(tenant: Tenant, key: string): Account {
  const account = tenant.directory.find(key);
  if (!account) throw new ActError(`There is no user "${key}".`);
  return account;
}

function skuOf(tenant: Tenant, key: string): string {
  const product = tenant.catalogue.find(key);
  if (!product) throw new ActError(`There is no product "${key}".`);
  return product.skuId;
}

function groupOf(tenant: Tenant, key: string) {
  const group = tenant.groups.find(key);
  if (!group) throw new ActError(`There is no group "${key}".`);
  return group;
}

function unitOf(tenant: Tenant, key: string) {
  const unit = tenant.units.find(key);
  if (!unit) throw new ActError(`There is no administrative unit "${key}".`);
  return unit;
}

function changeUnit(tenant: Tenant, act: Extract<Act, { kind: 'add-to-unit' | 'remove-from-unit' }>): void {
  const { members } = unitOf(tenant, act.unit);
  for (const key of act.users) {
    const { id } = userOf(tenant, key);
    if (act.kind === 'add-to-unit') members.add(id);
    else members.delete(id);
  }
}

/** The switch is recorded while it is on: of itself, auditing tells. */
function setAuditing(tenant: Tenant, act: Extract<Act, { kind: 'set-auditing' }>, at: number): void {
  const { activity } = tenant;
  if (activity.auditingEnabled === act.enabled) return;
  activity.auditingEnabled = true;
  if (act.silent !== true) {
    const record = auditingRecord(tenant, act.enabled, act.admin ?? ADMIN_UPN, at);
    activity.publish('Audit.Exchange', record, at + tenant.clock.scaled(tenant.behaviour.activityDelayMs));
  }
  activity.auditingEnabled = act.enabled;
}

function changeRole(tenant: Tenant, act: Extract<Act, { kind: 'grant-role' | 'revoke-role' }>): void {
  const holder = tenant.directory.find(act.holder)?.id ?? groupOf(tenant, act.holder).id;
  const unitId = act.unit === undefined ? null : unitOf(tenant, act.unit).id;
  if (act.kind === 'grant-role') tenant.roles.grant(holder, act.role, unitId);
  else tenant.roles.revoke(holder, act.role, unitId);
}

function actorOf(tenant: Tenant, by: string | { app: string } | undefined): Actor {
  if (typeof by === 'object') {
    const servicePrincipalId = idOf('service-principal', by.app);
    return { kind: 'app', name: by.app, servicePrincipalId, appId: idOf('app', by.app) };
  }
  const { id, userPrincipalName } = userOf(tenant, by ?? ADMIN_UPN);
  return { kind: 'user', id, userPrincipalName };
}

function doingOf(tenant: Tenant, act: Extract<Act, { by?: unknown }>, at: number): Doing {
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  const logging: Logging = {
    variant: act.audit ?? (act.kind === 'withdraw-license' ? 'missing' : 'full'),
    directoryAuditDelayMs: ms(act.directoryAuditDelay),
    activityDelayMs: ms(act.activityDelay),
  };
  return { actor: actorOf(tenant, act.by), at, logging };
}

function assign(tenant: Tenant, users: readonly string[], request: AssignmentRequest, doing: Doing): void {
  for (const key of users) {
    const decision = assignLicense(tenant, userOf(tenant, key), request, doing);
    if (!decision.ok) throw new ActError(`${key}: ${decision.message}`);
  }
}

function restore(tenant: Tenant, id: string, doing: Doing): void {
  if (!restoreUser(tenant, id, doing)) throw new ActError(`User "${id}" is not among the deleted ones.`);
}

/** Makes an act happen at `at`, ms UTC. Throws ActError when it cannot. */
export function applyAct(tenant: Tenant, act: Act, at: number): void {
  switch (act.kind) {
    case 'assign-license': {
      const add = [{ skuId: skuOf(tenant, act.sku), disabledPlans: act.disabledPlans ?? [] }];
      assign(tenant, act.users, { add, remove: [] }, doingOf(tenant, act, at));
      break;
    }
    case 'remove-license': {
      const remove = [skuOf(tenant, act.sku)];
      assign(tenant, act.users, { add: [], remove }, doingOf(tenant, act, at));
      break;
    }
    case 'swap-license': {
      const add = [{ skuId: skuOf(tenant, act.to), disabledPlans: [] }];
      assign(tenant, act.users, { add, remove: [skuOf(tenant, act.from)] }, doingOf(tenant, act, at));
      break;
    }
    case 'withdraw-license':
      for (const key of act.users) {
        withdrawSku(tenant, userOf(tenant, key), skuOf(tenant, act.sku), doingOf(tenant, act, at));
      }
      break;
    case 'add-member':
    case 'remove-member': {
      const change = act.kind === 'add-member' ? addMember : removeMember;
      for (const key of act.users) {
        change(tenant, groupOf(tenant, act.group), userOf(tenant, key).id, doingOf(tenant, act, at));
      }
      break;
    }
    case 'set-owners': {
      const { owners } = groupOf(tenant, act.group);
      owners.clear();
      for (const key of act.users) owners.add(userOf(tenant, key).id);
      break;
    }
    case 'add-to-unit':
    case 'remove-from-unit':
      changeUnit(tenant, act);
      break;
    case 'grant-role':
    case 'revoke-role':
      changeRole(tenant, act);
      break;
    case 'set-group-licenses': {
      const licenses = act.skus.map((sku) => ({ skuId: skuOf(tenant, sku), disabledPlans: [] }));
      setGroupLicenses(tenant, groupOf(tenant, act.group), licenses, doingOf(tenant, act, at));
      break;
    }
    case 'delete-group':
      deleteGroup(tenant, groupOf(tenant, act.group), doingOf(tenant, act, at));
      break;
    case 'update-user': {
      const patch = Object.fromEntries(Object.entries(act.set).filter(([, value]) => value !== undefined));
      updateUser(tenant, userOf(tenant, act.user), patch, doingOf(tenant, act, at));
      break;
    }
    case 'delete-user':
      for (const key of act.users) deleteUser(tenant, userOf(tenant, key), doingOf(tenant, act, at));
      break;
    case 'restore-user':
      for (const id of act.users) restore(tenant, id, doingOf(tenant, act, at));
      break;
    case 'subscription-status':
      setSubscriptionStatus(tenant, skuOf(tenant, act.sku), act.status, at);
      break;
    case 'set-seats':
      if (!setSeats(tenant, skuOf(tenant, act.sku), act.seats)) {
        throw new ActError(`The tenant has no subscription of "${act.sku}".`);
      }
      break;
    case 'open-issue':
      tenant.health.open(act.issue, at);
      break;
    case 'resolve-issue':
      if (!tenant.health.resolve(act.id, at)) throw new ActError(`There is no issue "${act.id}".`);
      break;
    case 'set-auditing':
      setAuditing(tenant, act, at);
      break;
    case 'ordinary-days':
      writeOrdinaryDays(tenant, act.days, at);
      break;
    case 'attack':
      writeAttackStep(tenant, act.step, at);
      break;
    case 'activity-record': {
      const delay = tenant.clock.scaled((act.activityDelay ?? 0) * 1000);
      tenant.activity.publish(act.contentType, act.record, at + delay);
      break;
    }
  }
}
