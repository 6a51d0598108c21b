import type { ChangeSubscription, NotifiedResource } from '../notifications/subscription.ts';
import type { NotifiedObject } from '../notifications/wanted-read.ts';

/** The subscriptions of this app at Microsoft Graph. Each throws TenantReadError. */
export interface ChangeSubscriptions {
  /** Subscribes; Graph asks the address whether it is ours before it answers. Returns its id and end, ms UTC. */
  create(
    wanted: Omit<ChangeSubscription, 'id'>,
    signal: AbortSignal,
  ): Promise<Pick<ChangeSubscription, 'id' | 'expiresAt'>>;
  /** Moves the end, ms UTC; null where Graph does not know it any more. */
  renew(id: string, expiresAt: number, signal: AbortSignal): Promise<number | null>;
  /** Ends it; one that is gone already counts as ended. */
  remove(id: string, signal: AbortSignal): Promise<void>;
}

/** What came in by itself, and what only a read found. `since` and `lastAt` are ms UTC. */
export type NotificationCounts = {
  since: number;
  /** Notifications that carried our secret. */
  received: number;
  /** Those that did not, or named no subscription of ours. */
  refused: number;
  /** Those that could not be read. */
  unreadable: number;
  lastAt: number | null;
  /** License changes that a read after a notification found, and that only a scan found. */
  changesNotified: number;
  changesScanned: number;
};

export type CountedNotification = Pick<
  NotificationCounts,
  'received' | 'refused' | 'unreadable' | 'changesNotified' | 'changesScanned'
>;

/** What was notified, and what comes of it. Notifications outlive a crash, and reach whichever process runs the jobs. */
export interface NotificationStore {
  subscriptions(): Promise<ChangeSubscription[]>;
  /** One a resource: a new one takes the place of the former. */
  putSubscription(subscription: ChangeSubscription): Promise<void>;
  removeSubscription(resource: NotifiedResource): Promise<void>;
  /** Keeps what was notified until it has been read; one that waits already takes the new time. */
  put(notified: readonly NotifiedObject[]): Promise<void>;
  /** What waits, oldest first. */
  waiting(limit: number): Promise<NotifiedObject[]>;
  /** Forgets these, unless one was notified again meanwhile. */
  done(notified: readonly NotifiedObject[]): Promise<void>;
  /** Adds to the counts; `at` is ms UTC. */
  count(counted: Partial<CountedNotification>, at: number): Promise<void>;
  counts(): Promise<NotificationCounts | null>;
}
