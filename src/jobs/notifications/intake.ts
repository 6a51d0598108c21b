import { createHash, timingSafeEqual } from 'node:crypto';
import type { ChangeSubscription } from '../../domain/notifications/subscription.ts';
import type { NotifiedObject } from '../../domain/notifications/wanted-read.ts';
import type { Clock, CountedNotification, NotificationStore } from '../../domain/ports.ts';
import type { JobLog } from '../context.ts';

/** A notification as it came. */
export type IncomingNotification = { subscriptionId: string; clientState: string } & (
  | { kind: 'change'; objectId: string }
  | { kind: 'lifecycle'; event: string }
);

export type Intake = {
  /**
   * Keeps those that carry the secret of their subscription, and says so once they are stored.
   * @returns how many of them were Graph's
   */
  take(notifications: readonly IncomingNotification[], unreadable: number): Promise<number>;
  /** Whether a text names a subscription of ours. */
  knows(text: string): Promise<boolean>;
};

export type IntakeParts = {
  store: NotificationStore;
  clock: Clock;
  log: JobLog;
  /** So many objects were notified that must be read. */
  wake(count: number): void;
  /** Graph lost notifications, or ended a subscription: what changed since the last read is looked for. */
  catchUp(): void;
};

/** What comes in within this time is stored in one transaction, ms. */
const TOGETHER_MS = 25;
/** A subscription that Graph wants authorised again counts as ending this soon, ms: the next look renews it. */
const RENEW_SOON_MS = 60_000;

type Waiting = {
  objects: NotifiedObject[];
  counted: Partial<CountedNotification>;
  stored(error?: unknown): void;
};

/**
 * Takes in what Graph posts. Notifications are stored before they are acknowledged, many in one transaction, so that
 * neither a crash nor a burst loses one.
 */
export function createIntake({ store, clock, log, wake, catchUp }: IntakeParts): Intake {
  let waiting: Waiting[] = [];
  let isGathering = false;

  async function flush(): Promise<void> {
    await clock.sleep(TOGETHER_MS, new AbortController().signal);
    const batch = waiting;
    waiting = [];
    isGathering = false;
    try {
      const objects = batch.flatMap((one) => one.objects);
      // First, so that nobody who finds them stored reads them before the burst is over.
      if (objects.length > 0) wake(objects.length);
      if (objects.length > 0) await store.put(objects);
      await store.count(sum(batch.map(({ counted }) => counted)), clock.now());
      for (const one of batch) one.stored();
    } catch (error) {
      for (const one of batch) one.stored(error);
    }
  }

  const keep = (objects: NotifiedObject[], counted: Partial<CountedNotification>): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({
        objects,
        counted,
        stored: (error) => (error === undefined ? resolve() : reject(error)),
      });
      if (isGathering) return;
      isGathering = true;
      void flush();
    });

  async function heed(subscription: ChangeSubscription, event: string): Promise<void> {
    const { resource } = subscription;
    log.info({ resource, event }, 'Microsoft says something about a subscription');
    if (event === 'subscriptionRemoved') await store.removeSubscription(resource);
    if (event === 'reauthorizationRequired') {
      const expiresAt = Math.min(subscription.expiresAt, clock.now() + RENEW_SOON_MS);
      await store.putSubscription({ ...subscription, expiresAt });
    }
    catchUp();
  }

  return {
    async knows(text) {
      return (await store.subscriptions()).some(({ id }) => text.includes(id));
    },
    async take(notifications, unreadable) {
      const known = new Map((await store.subscriptions()).map((one) => [one.id, one]));
      const objects: NotifiedObject[] = [];
      let received = 0;
      for (const one of notifications) {
        const subscription = known.get(one.subscriptionId);
        if (subscription === undefined || !isSame(one.clientState, subscription.clientState)) continue;
        received++;
        if (one.kind === 'lifecycle') await heed(subscription, one.event);
        else objects.push({ resource: subscription.resource, id: one.objectId, at: clock.now() });
      }
      await keep(objects, { received, refused: notifications.length - received, unreadable });
      return received;
    },
  };
}

function sum(counts: readonly Partial<CountedNotification>[]): Partial<CountedNotification> {
  const of = (name: keyof CountedNotification): number =>
    counts.reduce((total, one) => total + (one[name] ?? 0), 0);
  return { received: of('received'), refused: of('refused'), unreadable: of('unreadable') };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing of the secret, nor of its length. */
const isSame = (shown: string, secret: string): boolean => timingSafeEqual(digest(shown), digest(secret));
