import { randomUUID } from 'node:crypto';
import type { WebhookSubscription } from '../tenant/subscriptions.ts';
import { settle, type Tenant } from '../tenant/tenant.ts';
import { postJson, postText } from './post.ts';

/** How often it is looked for changes, ms. */
const LOOK_MS = 50;
/** So many notifications go into one body at most. */
const MOST_IN_BODY = 50;
/** A body that nobody takes is sent so often, with growing pauses; then Graph says that it missed some. */
const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 200;

type Due = {
  at: number;
  subscription: WebhookSubscription;
  ids: readonly { id: string; changeType: string }[];
};

export type Notifier = {
  /** Asks an address to give back a token; whether it did. */
  shakeHands(url: string): Promise<boolean>;
  /** Posts a lifecycle notification to every subscription. */
  lifecycle(event: string): Promise<void>;
  close(): void;
};

/**
 * Posts change notifications as Graph does: some time after the change, at least once, in bodies of several, and again
 * while nobody takes them. It begins to look when the first address has shaken hands.
 */
export function createNotifier(tenant: Tenant): Notifier {
  let timer: NodeJS.Timeout | undefined;
  let due: Due[] = [];

  function look(): void {
    const now = settle(tenant);
    const { behaviour, subscriptions, changes, clock } = tenant;
    for (const subscription of subscriptions.all(now)) {
      const head = changes.headOf(subscription.resource);
      if (head === subscription.seenTo) continue;
      const fresh = changes.notifiable(
        subscription.resource,
        subscription.seenTo,
        behaviour.notifiesOfLicenses,
      );
      subscriptions.put({ ...subscription, seenTo: head });
      const wanted = fresh.filter(({ changeType }) => subscription.changeType.includes(changeType));
      const at = now + clock.scaled(behaviour.notificationDelayMs);
      for (let from = 0; from < wanted.length; from += MOST_IN_BODY) {
        const ids = wanted.slice(from, from + MOST_IN_BODY);
        due.push({ at, subscription, ids });
        if (behaviour.notificationDuplicates) due.push({ at, subscription, ids: ids.slice(0, 1) });
      }
    }
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const one of ready) void deliver(one);
  }

  async function deliver({ subscription, ids }: Due): Promise<void> {
    const value = ids.map((one) => changeBody(tenant, subscription, one));
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if (await postJson(subscription.notificationUrl, { value })) return;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** attempt).unref());
    }
    await tell(subscription, 'missed');
  }

  const tell = async (subscription: WebhookSubscription, lifecycleEvent: string): Promise<void> => {
    if (subscription.lifecycleNotificationUrl === null) return;
    await postJson(subscription.lifecycleNotificationUrl, {
      value: [
        {
          subscriptionId: subscription.id,
          subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
          tenantId: tenant.organization.tenantId,
          clientState: subscription.clientState,
          lifecycleEvent,
        },
      ],
    });
  };

  return {
    async shakeHands(url) {
      const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
      const isOurs = (await postText(`${url}?validationToken=${encodeURIComponent(token)}`)) === token;
      if (isOurs) timer ??= setInterval(look, LOOK_MS);
      return isOurs;
    },
    async lifecycle(event) {
      const now = settle(tenant);
      for (const subscription of tenant.subscriptions.all(now)) {
        if (event === 'subscriptionRemoved') tenant.subscriptions.remove(subscription.id);
        await tell(subscription, event);
      }
    },
    close: () => clearInterval(timer),
  };
}

function changeBody(
  { organization }: Tenant,
  { id, resource, clientState, expiresAt }: WebhookSubscription,
  change: { id: string; changeType: string },
): object {
  const [collection, type] = resource === 'users' ? ['Users', 'User'] : ['Groups', 'Group'];
  return {
    id: randomUUID(),
    subscriptionId: id,
    subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
    clientState,
    changeType: change.changeType,
    resource: `${collection}/${change.id}`,
    tenantId: organization.tenantId,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${type}`,
      '@odata.id': `${collection}/${change.id}`,
      id: change.id,
      organizationId: organization.tenantId,
    },
  };
}
