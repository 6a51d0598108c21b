/** A webhook subscription at Graph. Times are ms UTC. */
export type WebhookSubscription = {
  readonly id: string;
  readonly resource: 'users' | 'groups';
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly applicationId: string;
  readonly expiresAt: number;
  /** How much of the change log was notified. */
  readonly seenTo: number;
};

/** The subscriptions of the tenant; one past its end is gone. */
export class SubscriptionBook {
  readonly #all = new Map<string, WebhookSubscription>();
  /** Addresses that have given back the token of a handshake. */
  readonly validated = new Set<string>();

  put(subscription: WebhookSubscription): void {
    this.#all.set(subscription.id, subscription);
  }

  find(id: string, now: number): WebhookSubscription | null {
    return this.all(now).find((one) => one.id === id) ?? null;
  }

  remove(id: string): void {
    this.#all.delete(id);
  }

  all(now: number): WebhookSubscription[] {
    for (const [id, { expiresAt }] of this.#all) if (expiresAt <= now) this.#all.delete(id);
    return [...this.#all.values()];
  }
}
