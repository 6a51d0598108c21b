import { DAY_MS } from '../../domain/durations.ts';
import { capitalised, listed } from '../../domain/english.ts';
import type { SubscriptionState, TenantState } from '../../domain/license/sku.ts';
import { count, numeral } from '../../domain/numerals.ts';
import { type Outlook, outlookOf, withoutSeat } from '../../domain/spend/outlook.ts';
import { isFree } from '../../domain/spend/product-kind.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, table, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { stateRead } from '../words/completeness.ts';
import { namesIn } from '../words/names.ts';

const USUAL_DAYS = 60;

type Ahead = { subscription: SubscriptionState; outlook: Outlook };

/** Subscriptions whose term or trial ends soon, those that have expired already, and whom it would touch. */
export async function expiring(query: Query, deps: AnswerDeps): Promise<Answer> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const named = query.skus.length > 0;
  const ahead = tenant.subscriptions
    .map((subscription): Ahead => ({ subscription, outlook: outlookOf(subscription) }))
    .filter(({ subscription }) => !named || query.skus.includes(subscription.skuId))
    .filter((one) => named || isDue(one, windowOf(query, deps)))
    .toSorted((a, b) => timeOf(a) - timeOf(b));
  const page = pageOf(ahead, query, deps);
  const products = [...new Set(query.skus.map(names.product))];
  return makeAnswer('expiring', lead(ahead, products, query, deps), {
    blocks: [
      ...table(
        ['Product', 'Seats', 'What happens', 'When', 'Users without a seat then'],
        page.shown.map(({ subscription, outlook }) => [
          names.product(subscription.skuId),
          numeral(subscription.totalLicenses),
          WHAT_HAPPENS[outlook],
          subscription.nextLifecycleAt === null
            ? 'Microsoft gives no date'
            : formatTime(subscription.nextLifecycleAt, deps),
          touched(subscription, outlook, tenant),
        ]),
      ),
      ...notes(ahead).flatMap(text),
    ],
    completeUntil: await stateRead(deps.store, deps),
    next: ['free seats', 'unused licenses'],
    ...page.rest,
  });
}

const WHAT_HAPPENS: Readonly<Record<Outlook, string>> = {
  'term-ends': 'renews automatically unless turned off',
  'trial-ends': 'the trial ends',
  grace: 'expired: users keep it until then',
  off: 'switched off: users have lost it',
  open: 'goes on',
  gone: 'deleted',
};

/** A range that lies ahead, half open; null when only a number of days counts. */
const rangeAhead = ({ range }: Query, { now }: AnswerDeps) =>
  range !== null && range.to > now ? range : null;

function windowOf(query: Query, deps: AnswerDeps): { from: number; to: number; isRange: boolean } {
  const range = rangeAhead(query, deps);
  if (range !== null) return { ...range, isRange: true };
  return { from: deps.now, to: deps.now + (query.days ?? USUAL_DAYS) * DAY_MS, isRange: false };
}

/** Free products renew forever, and nobody has to look at them. */
function isDue(
  { subscription, outlook }: Ahead,
  { from, to, isRange }: ReturnType<typeof windowOf>,
): boolean {
  const { nextLifecycleAt: at, partNumber } = subscription;
  if (outlook === 'gone' || isFree({ partNumber: partNumber ?? '' })) return false;
  // What has expired needs somebody now, whatever its next date is; one asked about by date has to fit it.
  if (!isRange && (outlook === 'grace' || outlook === 'off')) return true;
  return at !== null && at < to && (at >= from || !isRange);
}

const timeOf = ({ subscription }: Ahead): number => subscription.nextLifecycleAt ?? Number.MAX_VALUE;

function lead(ahead: readonly Ahead[], products: readonly string[], query: Query, deps: AnswerDeps): string {
  const range = rangeAhead(query, deps);
  const when = range ? formatRange(range, deps) : `in the next ${count(query.days ?? USUAL_DAYS, 'day')}`;
  if (products.length > 0) {
    return ahead.length === 0
      ? `The tenant has no subscription of ${listed(products)}.`
      : `${listed(products)}: ${listed(parts(ahead))}.`;
  }
  if (ahead.length === 0) return `No subscription renews or expires ${when}.`;
  const needing = ahead.some(({ outlook }) => outlook === 'grace' || outlook === 'off') && !range;
  return `${capitalised(when)}${needing ? ', or already' : ''}: ${listed(parts(ahead))}.`;
}

/** "1 trial ends", "2 subscriptions renew automatically unless that was turned off": what needs somebody first. */
function parts(ahead: readonly Ahead[]): string[] {
  const say = (outlook: Outlook, one: string, many: string): string[] => {
    const number = ahead.filter((each) => each.outlook === outlook).length;
    return number === 0 ? [] : [count(number, one, many)];
  };
  return [
    ...say(
      'off',
      'subscription is switched off and users have lost it',
      'subscriptions are switched off and users have lost them',
    ),
    ...say(
      'grace',
      'subscription has expired and users still have it',
      'subscriptions have expired and users still have them',
    ),
    ...say('trial-ends', 'trial ends', 'trials end'),
    ...say(
      'term-ends',
      'subscription renews automatically unless that was turned off',
      'subscriptions renew automatically unless that was turned off',
    ),
    ...say('open', 'subscription goes on without a date', 'subscriptions go on without a date'),
    ...say('gone', 'subscription is deleted', 'subscriptions are deleted'),
  ];
}

/** A renewal touches nobody, so that its number stands only for the case that there is none. */
function touched(subscription: SubscriptionState, outlook: Outlook, { skus }: TenantState): string {
  const sku = skus.find(({ skuId }) => skuId === subscription.skuId);
  if (outlook === 'off' || outlook === 'gone') return 'they have lost it';
  const users = withoutSeat(subscription, sku);
  if (users === 0) return 'none';
  return outlook === 'term-ends' ? `${numeral(users)}, if it does not renew` : numeral(users);
}

function notes(ahead: readonly Ahead[]): string[] {
  const has = (outlook: Outlook): boolean => ahead.some((each) => each.outlook === outlook);
  return [
    ...(has('term-ends')
      ? [
          'Microsoft doesn’t tell apps whether auto-renew is on: look in the Microsoft 365 admin center, Billing, Your products.',
        ]
      : []),
    ...(has('grace') || has('off')
      ? ['An expired subscription can be reactivated in the admin center until its data is deleted.']
      : []),
  ];
}
