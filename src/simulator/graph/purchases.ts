import type { ApiReply } from '../http/message.ts';
import { param } from '../http/routes.ts';
import { selected } from '../odata/options.ts';
import { isoSeconds } from '../tenant/clock.ts';
import { idOf } from '../tenant/ids.ts';
import type { Subscription } from '../tenant/stock.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { badRequest, collection, entity, type GraphCall, notFound, unknownProperty } from './call.ts';

const servicePlans = (tenant: Tenant, skuId: string) =>
  (tenant.catalogue.find(skuId)?.plans ?? []).map((plan) => ({
    servicePlanId: plan.id,
    servicePlanName: plan.name,
    provisioningStatus: 'Success',
    appliesTo: /EXCHANGE_S_FOUNDATION|LIGHTHOUSE/.test(plan.name) ? 'Company' : 'User',
  }));

function skuBody(tenant: Tenant, skuId: string): Record<string, unknown> {
  const { stock, organization } = tenant;
  return {
    accountName: organization.initialDomain.split('.')[0] ?? null,
    accountId: organization.tenantId,
    appliesTo: 'User',
    capabilityStatus: stock.capabilityStatus(skuId),
    consumedUnits: stock.consumed(skuId),
    id: `${organization.tenantId}_${skuId}`,
    skuId,
    skuPartNumber: tenant.catalogue.find(skuId)?.partNumber ?? null,
    subscriptionIds: stock.subscriptions(skuId).map((one) => one.id),
    prepaidUnits: stock.units(skuId),
    servicePlans: servicePlans(tenant, skuId),
  };
}

/** Only the selected members of a body, as JSON text. */
function chosen(call: GraphCall, body: Record<string, unknown>, type: string): string {
  const names = selected(call.options);
  if (!names) return JSON.stringify(body);
  for (const name of names) if (!(name in body)) throw unknownProperty(name, type);
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, body[name]])));
}

/** All on one page; no `$filter`. */
export function listSubscribedSkus(call: GraphCall): ApiReply {
  if (call.options.has('filter')) throw badRequest("Filter is not supported on resource 'SubscribedSku'.");
  const { tenant } = call;
  const skus = tenant.stock.skuIds().map((skuId) => chosen(call, skuBody(tenant, skuId), 'subscribedSku'));
  return collection(call, 'subscribedSkus', skus);
}

function subscriptionBody(tenant: Tenant, subscription: Subscription): Record<string, unknown> {
  return {
    commerceSubscriptionId: subscription.commerceSubscriptionId,
    createdDateTime: isoSeconds(subscription.createdAt),
    id: subscription.id,
    isTrial: subscription.isTrial,
    nextLifecycleDateTime:
      subscription.nextLifecycleAt === null ? null : isoSeconds(subscription.nextLifecycleAt),
    ownerId: idOf('owner', subscription.id),
    ownerTenantId: subscription.ownerTenantId,
    ownerType: 'User',
    serviceStatus: servicePlans(tenant, subscription.skuId),
    skuId: subscription.skuId,
    skuPartNumber: tenant.catalogue.find(subscription.skuId)?.partNumber ?? null,
    status: subscription.status,
    totalLicenses: subscription.seats,
  };
}

export function listSubscriptions(call: GraphCall): ApiReply {
  const texts = call.tenant.stock
    .subscriptions()
    .map((one) => chosen(call, subscriptionBody(call.tenant, one), 'companySubscription'));
  return collection(call, 'directory/subscriptions', texts);
}

/** By object id, or by `subscriptions(commerceSubscriptionId='…')`. */
export function getSubscription(call: GraphCall): ApiReply {
  const key = param(call.params, 'id');
  const found = call.tenant.stock
    .subscriptions()
    .find((one) => one.id === key || one.commerceSubscriptionId === key);
  if (!found) throw notFound(key);
  return entity(
    call,
    'directory/subscriptions/$entity',
    chosen(call, subscriptionBody(call.tenant, found), 'companySubscription'),
  );
}
