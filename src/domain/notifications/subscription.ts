import { DAY_MS, HOUR_MS } from '../durations.ts';

/** What Microsoft Graph notifies of: a user or a group was made, changed or deleted. */
export const NOTIFIED_RESOURCES = ['users', 'groups'] as const;
export type NotifiedResource = (typeof NOTIFIED_RESOURCES)[number];

/** A subscription of ours at Microsoft Graph. Times are ms UTC. */
export type ChangeSubscription = {
  resource: NotifiedResource;
  /** Graph's id of it. */
  id: string;
  /** Comes back with each notification, and nobody but Graph knows it. */
  clientState: string;
  /** Where Graph posts. */
  url: string;
  expiresAt: number;
};

/**
 * How long a subscription is asked for, ms. Graph lets one of users or groups live for 41,760 minutes, which are 29
 * days; a short one does not outlive by much a bot that was taken down.
 */
export const SUBSCRIPTION_LIFE_MS = 3 * DAY_MS;

/** With less left than this it is renewed, ms: two days of failures end none. */
const RENEW_WITH_LEFT_MS = 2 * DAY_MS + 12 * HOUR_MS;

/** What is to be done about the subscription of one resource. */
export type SubscriptionCare = 'create' | 'renew' | 'replace' | 'remove' | 'nothing';

/**
 * Says what a subscription needs.
 * @param known as it was last stored; null where there is none
 * @param url where notifications are wanted now; null for nowhere
 * @param now ms UTC
 */
export function careFor(known: ChangeSubscription | null, url: string | null, now: number): SubscriptionCare {
  if (known === null) return url === null ? 'nothing' : 'create';
  if (url === null) return 'remove';
  // Neither the address nor the secret of a subscription can be changed.
  if (known.url !== url) return 'replace';
  if (known.expiresAt <= now) return 'create';
  return known.expiresAt - now < RENEW_WITH_LEFT_MS ? 'renew' : 'nothing';
}
