import { z } from 'zod';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import { type ApiReply, jsonBody, Refusal } from '../http/message.ts';
import { param } from '../http/routes.ts';
import type { WebhookSubscription } from '../tenant/subscriptions.ts';
import { collection, entity, type GraphCall } from './call.ts';

/** The longest life of a subscription to users or groups: 41,760 minutes. */
const LONGEST_MS = 41_760 * MINUTE_MS;
/** A client state may have so many characters. */
const LONGEST_STATE = 128;

const New = z.object({
  changeType: z.string(),
  resource: z.string(),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: z.url().nullish(),
  expirationDateTime: z.iso.datetime({ offset: true }),
  clientState: z.string().max(LONGEST_STATE).nullish(),
});
const Renewed = z.object({ expirationDateTime: z.iso.datetime({ offset: true }) });

const NEEDS = {
  users: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
  groups: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All'],
} as const;

const refused = (message: string): Refusal => new Refusal(400, 'ValidationError', message);
const gone = (): Refusal => new Refusal(404, 'ResourceNotFound', 'The object was not found.');

function shown(call: GraphCall, one: WebhookSubscription, status = 200): ApiReply {
  return entity(call, 'subscriptions/$entity', JSON.stringify(bodyOf(one)), status);
}

const bodyOf = (one: WebhookSubscription): object => ({
  id: one.id,
  resource: one.resource,
  applicationId: one.applicationId,
  changeType: one.changeType,
  clientState: null,
  notificationUrl: one.notificationUrl,
  lifecycleNotificationUrl: one.lifecycleNotificationUrl,
  expirationDateTime: new Date(one.expiresAt).toISOString(),
  creatorId: one.applicationId,
  latestSupportedTlsVersion: 'v1_2',
});

/** `POST /subscriptions`. The handshake with the address has been tried before. */
export function createSubscription(call: GraphCall): ApiReply {
  const parsed = New.safeParse(jsonBody(call.request));
  if (!parsed.success) throw refused(`Subscription is not valid: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const resource = data.resource.replace(/^\//, '');
  if (resource !== 'users' && resource !== 'groups')
    throw refused(`Resource '${resource}' is not supported.`);
  if (!NEEDS[resource].some((permission) => call.app.permissions.has(permission))) {
    throw new Refusal(
      403,
      'ExtensionError',
      'Operation: Create; Exception: [Status Code: Forbidden; Reason: Insufficient privileges to complete the operation.]',
    );
  }
  if (data.changeType.split(',').some((type) => !['updated', 'deleted'].includes(type.trim()))) {
    throw refused("ChangeType must be one or more of 'updated,deleted'.");
  }
  const expiresAt = lifeOf(data.expirationDateTime, call.now);
  const { validated } = call.tenant.subscriptions;
  for (const url of [data.notificationUrl, data.lifecycleNotificationUrl ?? data.notificationUrl]) {
    if (!validated.has(url)) {
      throw refused(
        'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
      );
    }
  }
  const one: WebhookSubscription = {
    id: call.tenant.ids.next(),
    resource,
    changeType: data.changeType,
    notificationUrl: data.notificationUrl,
    lifecycleNotificationUrl: data.lifecycleNotificationUrl ?? null,
    clientState: data.clientState ?? null,
    applicationId: call.app.clientId,
    expiresAt,
    seenTo: call.tenant.changes.headOf(resource),
  };
  call.tenant.subscriptions.put(one);
  return shown(call, one, 201);
}

function lifeOf(text: string, now: number): number {
  const at = Date.parse(text);
  if (at <= now) throw refused('Subscription expiration must be in the future.');
  if (at - now > LONGEST_MS + DAY_MS / 24) {
    throw refused('Subscription expiration can only be 41760 minutes in the future.');
  }
  return at;
}

export function listWebhookSubscriptions(call: GraphCall): ApiReply {
  const all = call.tenant.subscriptions.all(call.now).map((one) => JSON.stringify(bodyOf(one)));
  return collection(call, 'subscriptions', all);
}

export function getWebhookSubscription(call: GraphCall): ApiReply {
  return shown(call, known(call));
}

export function renewSubscription(call: GraphCall): ApiReply {
  const one = known(call);
  const parsed = Renewed.safeParse(jsonBody(call.request));
  if (!parsed.success) throw refused('Only expirationDateTime can be changed.');
  const renewed = { ...one, expiresAt: lifeOf(parsed.data.expirationDateTime, call.now) };
  call.tenant.subscriptions.put(renewed);
  return shown(call, renewed);
}

export function removeSubscription(call: GraphCall): ApiReply {
  call.tenant.subscriptions.remove(known(call).id);
  return { status: 204 };
}

function known(call: GraphCall): WebhookSubscription {
  const one = call.tenant.subscriptions.find(param(call.params, 'id'), call.now);
  if (!one) throw gone();
  return one;
}
