import { PUT_RIGHT_WITHIN_MS } from '../../domain/dates/periods.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { compareNames } from '../../domain/license/user-filter.ts';
import type { StoredUser } from '../../domain/ports.ts';
import { isSpared } from '../../domain/spend/account-guess.ts';
import { canBeWasted, isForResources } from '../../domain/spend/product-kind.ts';
import type { SignIn, SignInState } from '../../domain/spend/sign-in.ts';
import { MIN_AGE_MS, type UnusedLicense, unusedLicenses } from '../../domain/spend/unused.ts';
import { lastActivity } from '../../domain/usage/no-activity.ts';
import { coverageOf } from '../../domain/usage/report.ts';
import { firstInOrder } from '../../event-loop/in-slices.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { createKept } from '../scope/kept.ts';
import { givenLately } from '../usage/given-lately.ts';
import { findInactive, type Inactive } from '../usage/no-activity.ts';

const USUAL_DAYS = 90;
/** Licenses given lately, newest first, whose users are not called idle yet. */
const MAX_GIVEN = 20_000;
/** Few enough that the thread is free again soon after each part. */
const USERS_AT_ONCE = 500;

/** What was found. `since` is ms UTC; `days` is null where a date was named instead. */
export type UnusedFound = {
  licenses: UnusedLicense[];
  signIns: SignInState;
  since: number;
  days: number | null;
  /** Licenses that show no activity in what can be seen of them, with plans of which nothing tells. */
  partly: Inactive[];
  /** Accounts left out because somebody said so. */
  excluded: number;
};

type Asked = Pick<Query, 'skus' | 'people' | 'range' | 'days'>;
type Deps = Pick<AnswerDeps, 'store' | 'now' | 'spend'>;

/** More is found again each time: it would take some ten megabytes for good. */
const MAX_KEPT = 50_000;
const kept = createKept<UnusedFound>(({ licenses }) => licenses.length <= MAX_KEPT);

/** As `searchUnused`, once for all who ask the same while nothing was read; the cost of licenses asks it, too. */
export async function findUnused(query: Asked, deps: Deps): Promise<UnusedFound> {
  const { store, spend } = deps;
  const signIns = await store.signIns.state();
  const search = (): Promise<UnusedFound> => searchUnused(query, deps, signIns);
  // Without sign-ins a length of time ends now, and means something else each time.
  if (signIns.readAt === null) return search();
  const { skus, people, range, days } = query;
  const coverage = coverageOf(await store.usage.reports(), deps.now);
  return kept.of(store, [skus, people, range, days, signIns, coverage, [...spend.excluded]], search);
}

/**
 * All licenses that look unused, of whomever the asker may see: of blocked accounts first, then of accounts that
 * were never used, then by how long they have not been.
 */
async function searchUnused(query: Asked, deps: Deps, signIns: SignInState): Promise<UnusedFound> {
  const { store, spend } = deps;
  // Who signed in after the last read is not known, so that a length of time ends with it.
  const asOf = signIns.readAt ?? deps.now;
  const days = query.range !== null && query.range.from > 0 ? null : (query.days ?? USUAL_DAYS);
  const since = days === null ? (query.range?.from ?? asOf) : asOf - days * DAY_MS;
  const { skus } = await store.users.tenant();
  const countable = skus.filter((sku) => isWanted(query.skus, sku.skuId) && canBeWasted(sku));
  const counted = new Set(countable.map(({ skuId }) => skuId));
  const forResources = new Set(skus.filter(isForResources).map(({ skuId }) => skuId));
  const rules = {
    asOf,
    since,
    counts: (skuId: string) => counted.has(skuId),
    isForResources: (skuId: string) => forResources.has(skuId),
  };
  const givenAt = await givenSince(since, query, deps);
  const found: UnusedFound = { licenses: [], partly: [], signIns, since, days, excluded: 0 };
  for await (const { user, signIn, activeAt, lately } of candidates(since, asOf, givenAt, query, deps)) {
    const { state, firstSeenAt } = user;
    const use = {
      signIn,
      firstSeenAt,
      givenAt: (skuId: string) => givenAt.get(state.id)?.get(skuId) ?? lately(skuId),
      activeAt,
    };
    const unused = unusedLicenses(state, use, rules);
    if (unused.length > 0 && isSpared(state, spend.excluded)) found.excluded++;
    else found.licenses.push(...unused);
  }
  const known = new Set(found.licenses.map(({ userId, skuId }) => `${userId} ${skuId}`));
  const inactive = await findInactive(
    {
      products: countable,
      since: days === null ? since : null,
      days: days ?? USUAL_DAYS,
      givenAt: (userId, skuId) => givenAt.get(userId)?.get(skuId) ?? null,
      minAgeMs: MIN_AGE_MS,
      named: query.skus.length > 0,
    },
    deps,
  );
  const fresh = inactive.filter(
    ({ userId, skuId }) => !known.has(`${userId} ${skuId}`) && isWanted(query.people, userId),
  );
  found.licenses.push(...fresh.filter(({ activity }) => activity.unseen.length === 0));
  found.partly.push(...fresh.filter(({ activity }) => activity.unseen.length > 0));
  const licenses = await firstInOrder(
    found.licenses,
    (a, b) => rank(a) - rank(b) || compareNames(a.displayName, b.displayName),
  );
  return { ...found, licenses };
}

const isWanted = (named: readonly string[], id: string): boolean => named.length === 0 || named.includes(id);

type Given = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Everybody who may have an unused license: those that the store finds, and those who were given one since. */
async function* candidates(
  since: number,
  asOf: number,
  givenAt: Given,
  { people }: Asked,
  { store }: Deps,
): AsyncGenerator<Candidate> {
  const ids = new Set([...(await store.signIns.perhapsUnused(since)), ...givenAt.keys()]);
  const wanted = [...ids].filter((id) => isWanted(people, id));
  for (let start = 0; start < wanted.length; start += USERS_AT_ONCE) {
    const some = wanted.slice(start, start + USERS_AT_ONCE);
    const signIns = await store.signIns.byUsers(some);
    const byUser = new Map(signIns.map((signIn) => [signIn.userId, signIn]));
    const usages = new Map((await store.usage.byUsers(some)).map((one) => [one.userId, one]));
    const users = await store.users.byIds(some);
    const lately = await givenLately(users, asOf, store);
    for (const user of users) {
      const { id } = user.state;
      if (user.removedAt !== null) continue;
      yield {
        user,
        signIn: byUser.get(id) ?? null,
        activeAt: lastActivity(usages.get(id) ?? null),
        lately: (skuId) => lately.get(`${id} ${skuId}`) ?? null,
      };
    }
  }
}

/** `lately`: when Microsoft says that a license came, where that is so short ago that nothing is said of it. */
type Candidate = {
  user: StoredUser;
  signIn: SignIn | null;
  activeAt: number | null;
  lately: (skuId: string) => number | null;
};

/** When licenses were given since then, by user and product. What puts a loss right gives nobody a new one. */
async function givenSince(since: number, { skus, people }: Asked, { store }: Deps): Promise<Given> {
  const changes = await store.changes.find({
    kinds: ['gained', 'swap'],
    from: since,
    limit: MAX_GIVEN,
    ...(people.length > 0 ? { userIds: people } : {}),
  });
  const isPutRight = await lossesPutRight(since, people, store);
  const given = new Map<string, Map<string, number>>();
  for (const { change } of changes) {
    const skuId = change.newSkuId ?? change.skuId;
    if (change.userId === null || skuId === null || !isWanted(skus, skuId)) continue;
    if (isPutRight(change.userId, skuId, change.observedAfter)) continue;
    const ofUser = given.get(change.userId) ?? new Map();
    // The newest comes first, and counts.
    given.set(change.userId, ofUser.has(skuId) ? ofUser : ofUser.set(skuId, change.observedAfter));
  }
  return given;
}

/** Says whether a license that came then (ms UTC) had been lost shortly before. */
async function lossesPutRight(
  since: number,
  people: readonly string[],
  store: Deps['store'],
): Promise<(userId: string, skuId: string, at: number) => boolean> {
  const lost = await store.changes.find({
    kinds: ['lost'],
    from: since - PUT_RIGHT_WITHIN_MS,
    limit: MAX_GIVEN,
    ...(people.length > 0 ? { userIds: people } : {}),
  });
  const times = Map.groupBy(lost, ({ change }) => `${change.userId} ${change.skuId}`);
  return (userId, skuId, at) =>
    times
      .get(`${userId} ${skuId}`)
      ?.some(({ change: { observedAfter: lostAt } }) => lostAt <= at && at - lostAt <= PUT_RIGHT_WITHIN_MS) ??
    false;
}

/** Blocked accounts are the surest, and those that were never used come before any date. */
const rank = ({ reason, lastUsedAt }: UnusedLicense): number =>
  reason === 'blocked' ? Number.NEGATIVE_INFINITY : (lastUsedAt ?? 0);
