import { assignableSeats, type SkuState, type SubscriptionState } from '../license/sku.ts';

/**
 * What lies ahead of a subscription. `term-ends`: renewed by itself unless somebody switched that off, which
 * Microsoft Graph does not tell. `trial-ends`: over on its date unless bought. `grace`: expired, users still have
 * it. `off`: users have lost it, and the data goes on its date. `open`: no date is known.
 */
export type Outlook = 'term-ends' | 'trial-ends' | 'grace' | 'off' | 'open' | 'gone';

/** What lies ahead of a subscription, from its status (https://learn.microsoft.com/microsoft-365/commerce/subscriptions/what-if-my-subscription-expires). */
export function outlookOf({ status, isTrial, nextLifecycleAt }: SubscriptionState): Outlook {
  switch (status) {
    case 'Warning':
      return 'grace';
    case 'Suspended':
    case 'LockedOut':
      return 'off';
    case 'Deleted':
      return 'gone';
    default:
      if (nextLifecycleAt === null) return 'open';
      return isTrial ? 'trial-ends' : 'term-ends';
  }
}

/**
 * How many users would be without a seat if this subscription ended: other subscriptions of the product are
 * counted first, and what gives no seat any more takes none away.
 */
export function withoutSeat(subscription: SubscriptionState, sku: SkuState | undefined): number {
  const { status, totalLicenses } = subscription;
  if (!sku || (status !== 'Enabled' && status !== 'Warning')) return 0;
  const left = Math.max(0, assignableSeats(sku) - totalLicenses);
  return Math.max(0, Math.min(totalLicenses, sku.consumed - left));
}
