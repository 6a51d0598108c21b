/** What of the board is about licenses: errors, blocked removals, seats, and what ends. */
import { DAY_MS } from '../../domain/durations.ts';
import { assignableSeats, freeSeats, type SkuState, type TenantState } from '../../domain/license/sku.ts';
import { isInError } from '../../domain/license/user-filter.ts';
import { type Assignment, isRemovalBlocked } from '../../domain/license/user-state.ts';
import { count, numeral } from '../../domain/numerals.ts';
import { type Outlook, outlookOf, withoutSeat } from '../../domain/spend/outlook.ts';
import { isFree } from '../../domain/spend/product-kind.ts';
import { type Shortage, shortageOf } from '../../domain/spend/short-seats.ts';
import type { About } from '../answer/about.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';
import { errorText } from '../words/change-text.ts';
import { type Names, namesIn } from '../words/names.ts';
import type { Matter } from './matter.ts';

/** Users in error beyond this are counted with "at least". */
const MAX_USERS = 2_000;
/** A term or trial that ends later needs nobody yet. */
const SOON_MS = 30 * DAY_MS;

/**
 * Errors first, then blocked removals, seats and subscriptions; of the people, products and groups that were named, if
 * any were. Seats and subscriptions are nobody's.
 */
export async function licenseMatters(about: About, deps: AnswerDeps): Promise<Matter[]> {
  const tenant = await deps.store.users.tenant();
  const names = namesIn(tenant);
  const isOfPeople = about.people.length + about.groups.length > 0;
  const isMeant = (skuId: string): boolean => about.skus.length === 0 || about.skus.includes(skuId);
  const meant = {
    ...tenant,
    skus: tenant.skus.filter(({ skuId }) => isMeant(skuId)),
    subscriptions: tenant.subscriptions.filter(({ skuId }) => isMeant(skuId)),
  };
  return [
    ...(await assignmentMatters(about, deps, names)),
    ...(isOfPeople ? [] : [...seatMatters(meant, names), ...endingMatters(meant, names, deps)]),
  ];
}

async function assignmentMatters(about: About, { store }: AnswerDeps, names: Names): Promise<Matter[]> {
  const { people, skus, groups } = about;
  const filter = { kind: 'in-error', skuIds: [...skus] } as const;
  const found = await store.users.find(filter, { skip: 0, take: MAX_USERS });
  const broken = found.users
    .filter(({ state }) => people.length === 0 || people.includes(state.id))
    .flatMap(({ state }) => state.assignments.filter(isInError))
    .filter(
      ({ skuId, path }) =>
        (skus.length === 0 || skus.includes(skuId)) && (groups.length === 0 || groups.includes(path)),
    );
  const atLeast = found.total > MAX_USERS ? 'at least ' : '';
  const next = 'Say “license assignment errors”.';
  const kind = (assignment: Assignment): string =>
    `${isRemovalBlocked(assignment) ? 'blocked' : (assignment.error ?? '')} ${assignment.skuId}`;
  return [...Map.groupBy(broken, kind).values()]
    .toSorted(
      (a, b) => Number(a.some(isRemovalBlocked)) - Number(b.some(isRemovalBlocked)) || b.length - a.length,
    )
    .flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      const product = names.product(first.skuId);
      const what = isRemovalBlocked(first)
        ? `${product}: ${atLeast}${count(same.length, 'removal is', 'removals are')} blocked`
        : `${product}: ${atLeast}${count(same.length, 'assignment')} in error, ${errorText(first.error)}`;
      return [{ what, when: null, next }];
    });
}

const SHORT: readonly Shortage[] = ['over', 'none', 'soon'];

function seatMatters({ skus }: TenantState, names: Names): Matter[] {
  return skus
    .flatMap((sku) => {
      const shortage = shortageOf(sku);
      return shortage === null ? [] : [{ sku, shortage }];
    })
    .toSorted((a, b) => SHORT.indexOf(a.shortage) - SHORT.indexOf(b.shortage))
    .map(({ sku, shortage }) => ({
      what: `${names.product(sku.skuId)}: ${seatsText(sku, shortage)}`,
      when: null,
      next: `Say “unused licenses of ${names.product(sku.skuId)}”, or buy seats.`,
    }));
}

function seatsText(sku: SkuState, shortage: Shortage): string {
  const bought = numeral(assignableSeats(sku));
  const free = freeSeats(sku);
  if (shortage === 'over') return `${count(-free, 'more user')} than seats (${bought} bought)`;
  return shortage === 'none' ? `no free seat of ${bought}` : `only ${numeral(free)} of ${bought} seats free`;
}

const ENDING: Partial<Record<Outlook, { what: string; next: string }>> = {
  off: {
    what: 'subscription is switched off, users have lost it',
    next: 'Reactivate it in the admin center: Billing, Your products.',
  },
  grace: {
    what: 'subscription has expired, users still have it',
    next: 'Reactivate it in the admin center: Billing, Your products.',
  },
  'trial-ends': { what: 'the trial ends', next: 'Buy it, or say “who has” it.' },
  'term-ends': {
    what: 'the term ends and renews unless that was turned off',
    next: 'Look whether it renews: admin center, Billing, Your products.',
  },
};

/** What ends soon or has ended. Microsoft does not tell whether a term renews; one that no user needs is no matter. */
function endingMatters(tenant: TenantState, names: Names, deps: AnswerDeps): Matter[] {
  return tenant.subscriptions
    .map((subscription) => ({ subscription, outlook: outlookOf(subscription) }))
    .filter(({ subscription, outlook }) => {
      const { nextLifecycleAt: at, partNumber, skuId } = subscription;
      if (isFree({ partNumber: partNumber ?? '' })) return false;
      if (outlook === 'off' || outlook === 'grace') return true;
      if (at === null || at >= deps.now + SOON_MS) return false;
      if (outlook === 'trial-ends') return true;
      const sku = tenant.skus.find((one) => one.skuId === skuId);
      return outlook === 'term-ends' && withoutSeat(subscription, sku) > 0;
    })
    .toSorted((a, b) => (a.subscription.nextLifecycleAt ?? 0) - (b.subscription.nextLifecycleAt ?? 0))
    .flatMap(({ subscription, outlook }) => {
      const ending = ENDING[outlook];
      if (!ending) return [];
      const { nextLifecycleAt: at, skuId } = subscription;
      const next =
        outlook === 'trial-ends' ? `Buy it, or say “who has ${names.product(skuId)}”.` : ending.next;
      return [
        {
          what: `${names.product(skuId)}: ${ending.what}`,
          when: at === null ? null : formatTime(at, deps),
          next,
        },
      ];
    });
}
