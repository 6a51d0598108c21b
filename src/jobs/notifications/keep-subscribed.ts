import { randomBytes } from 'node:crypto';
import {
  type ChangeSubscription,
  careFor,
  NOTIFIED_RESOURCES,
  type NotifiedResource,
  SUBSCRIPTION_LIFE_MS,
} from '../../domain/notifications/subscription.ts';
import { TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** How many subscriptions stand, and what Microsoft refused, in a sentence. */
export type KeptSubscriptions = { subscriptions: number; problem: string | null };

/**
 * Keeps our subscriptions at Graph: makes what is missing, renews what ends, and ends what is no longer wanted.
 * Where Microsoft would not, the problem says why: changes are then found by scans, and the next run tries again.
 */
export async function keepSubscribed(context: JobContext, signal: AbortSignal): Promise<KeptSubscriptions> {
  const known = await context.store.notifications.subscriptions();
  const problems: string[] = [];
  for (const resource of NOTIFIED_RESOURCES) {
    try {
      const one = known.find((subscription) => subscription.resource === resource) ?? null;
      await careForOne(context, resource, one, signal);
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      problems.push(error.message);
    }
  }
  const { length: subscriptions } = await context.store.notifications.subscriptions();
  return { subscriptions, problem: problems.length === 0 ? null : [...new Set(problems)].join(' ') };
}

async function careForOne(
  context: JobContext,
  resource: NotifiedResource,
  known: ChangeSubscription | null,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, changeSubscriptions, settings } = context;
  const url = settings.notificationUrl;
  switch (careFor(known, url, clock.now())) {
    case 'nothing':
      return;
    case 'create':
      return create(context, resource, url, signal);
    case 'renew': {
      if (known === null) return;
      const expiresAt = await changeSubscriptions.renew(known.id, clock.now() + SUBSCRIPTION_LIFE_MS, signal);
      if (expiresAt === null) return create(context, resource, url, signal);
      return store.notifications.putSubscription({ ...known, expiresAt });
    }
    case 'replace':
      if (known !== null) await changeSubscriptions.remove(known.id, signal);
      return create(context, resource, url, signal);
    case 'remove':
      if (known !== null) await changeSubscriptions.remove(known.id, signal);
      return store.notifications.removeSubscription(resource);
  }
}

async function create(
  { store, clock, changeSubscriptions, log, onStep }: JobContext,
  resource: NotifiedResource,
  url: string | null,
  signal: AbortSignal,
): Promise<void> {
  if (url === null) return;
  const wanted = {
    resource,
    url,
    clientState: randomBytes(32).toString('base64url'),
    expiresAt: clock.now() + SUBSCRIPTION_LIFE_MS,
  };
  const made = await changeSubscriptions.create(wanted, signal);
  onStep('notifications:subscribed');
  await store.notifications.putSubscription({ ...wanted, ...made });
  log.info({ resource, expiresAt: made.expiresAt }, 'Microsoft notifies of changes');
}
