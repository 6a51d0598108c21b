import { DAY_MS } from '../durations.ts';
import type { Account } from '../tenant/account.ts';
import { heldLicenses } from '../tenant/account.ts';
import type { Catalogue } from '../tenant/catalogue.ts';
import type { Service } from '../tenant/use.ts';

/** Services that few people use: without a word about them nobody did. */
const RARE: ReadonlySet<Service> = new Set(['yammer', 'skype', 'mac', 'mobile', 'web']);

/** When the account last used the service, ms UTC; null when it never did. */
export function lastUse(account: Account, service: Service): number | null {
  const said = account.use?.[service];
  if (said !== undefined) return said;
  return RARE.has(service) ? null : account.lastSignInAt;
}

/** Midnight UTC of that day. */
export const midnight = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** Whether one of the account's licenses has a service plan of such a name. */
export function hasPlan(account: Account, catalogue: Catalogue, name: RegExp): boolean {
  return heldLicenses(account.sources).some(({ skuId, disabledPlans }) =>
    (catalogue.find(skuId)?.plans ?? []).some(
      (plan) => name.test(plan.name) && !disabledPlans.includes(plan.id),
    ),
  );
}

/** What the mailbox is for, as Exchange says; null where there is none. */
export function mailboxOf(account: Account, catalogue: Catalogue): string | null {
  if (account.mailbox) return account.mailbox;
  return hasPlan(account, catalogue, /^EXCHANGE_(?:S_(?!FOUNDATION|ARCHIVE)|B_|L_)/) ? 'user' : null;
}
