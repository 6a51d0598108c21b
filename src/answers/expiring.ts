import type { SubscriptionState } from '../domain/license/sku.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { namesIn } from './names.ts';
import { count, formatTime } from './times.ts';

const DAY = 86_400_000;
const USUAL_DAYS = 60;

/** Subscriptions that move to their next state soon if nobody renews them, and those that have done so already. */
export async function expiring(query: Query, deps: AnswerDeps): Promise<Answer> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const days = query.days ?? USUAL_DAYS;
  const ahead = query.range !== null && query.range.to > deps.now ? query.range : null;
  const from = ahead?.from ?? Number.NEGATIVE_INFINITY;
  const to = ahead?.to ?? deps.now + days * DAY;
  const named = query.skus.length > 0;
  const soon = tenant.subscriptions
    .filter(({ skuId }) => !named || query.skus.includes(skuId))
    .filter(({ nextLifecycleAt: at, status }) => {
      if (named) return true;
      return (
        (at !== null && at >= from && at < to) ||
        (ahead === null && status !== 'Enabled' && status !== 'Deleted')
      );
    })
    .toSorted((a, b) => (a.nextLifecycleAt ?? Number.MAX_VALUE) - (b.nextLifecycleAt ?? Number.MAX_VALUE));
  const when = ahead ? `before ${formatTime(to, deps)}` : `in the next ${count(days, 'day')}`;
  const product = (subscription: SubscriptionState): string => names.product(subscription.skuId);
  return makeAnswer(
    'expiring',
    named
      ? `${count(soon.length, 'subscription')} of ${[...new Set(query.skus.map(names.product))].join(', ')}.`
      : soon.length === 0
        ? `No subscription renews or expires ${when}.`
        : `${count(soon.length, 'subscription')} renew or expire ${when}, or need attention now.`,
    {
      blocks: table(
        ['Product', 'Seats', 'Status', 'Renews or ends', 'Trial'],
        soon.map((subscription) => [
          product(subscription),
          String(subscription.totalLicenses),
          subscription.status,
          subscription.nextLifecycleAt === null
            ? 'Microsoft gives no date'
            : formatTime(subscription.nextLifecycleAt, deps),
          subscription.isTrial ? 'yes' : 'no',
        ]),
      ),
      completeUntil: await completeUntil(deps.store, deps),
      next: ['free seats'],
    },
  );
}
