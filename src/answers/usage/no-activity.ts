import { DAY_MS } from '../../domain/durations.ts';
import { planNamesIn, plansBySku } from '../../domain/license/plan-services.ts';
import type { SkuState } from '../../domain/license/sku.ts';
import { gives, heldSkus, type UserState } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import { guessAccount, isSpared } from '../../domain/spend/account-guess.ts';
import { isForResources } from '../../domain/spend/product-kind.ts';
import { lastUsedAt, type SignIn } from '../../domain/spend/sign-in.ts';
import type { UnusedLicense } from '../../domain/spend/unused.ts';
import { type NoActivity, noActivity } from '../../domain/usage/no-activity.ts';
import { evidenceFor } from '../../domain/usage/plan-evidence.ts';
import { type Coverage, coverageOf } from '../../domain/usage/report.ts';
import { knownUntil } from '../../domain/usage/usage.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { givenLately } from './given-lately.ts';

type Deps = Pick<AnswerDeps, 'store' | 'now' | 'spend'>;
/** Few enough that the thread is free again soon after each part. */
const USERS_AT_ONCE = 500;

/** A license that shows no activity, beside what else is known of it. */
export type Inactive = UnusedLicense & { activity: NoActivity };

export type InactiveSearch = {
  products: readonly SkuState[];
  /** Null for a length of time, which ends with the reports. */
  since: number | null;
  days: number;
  /** When a license was given last, where that is known, ms UTC. */
  givenAt(userId: string, skuId: string): number | null;
  /** Nothing is said of licenses and accounts younger than this, ms. */
  minAgeMs: number;
  /** Whether products were named: of all together only those are looked at of which everything can be seen. */
  named: boolean;
};

/**
 * Licenses of these products that show no activity in any report that tells of them. Products of which no report tells
 * anything, and those whose reports are not known, have none.
 */
export async function findInactive(
  { products, since, days, givenAt, minAgeMs, named }: InactiveSearch,
  deps: Deps,
): Promise<Inactive[]> {
  const { store, now, spend } = deps;
  const { skus } = await store.users.tenant();
  const coverage = coverageOf(await store.usage.reports(), now);
  const [bySku, names] = [plansBySku(skus), planNamesIn(skus)];
  const forResources = new Set(skus.filter(isForResources).map(({ skuId }) => skuId));
  const found: Inactive[] = [];
  for (const { skuId } of products) {
    const { workloads, unseen } = evidenceFor(bySku.get(skuId) ?? [], names);
    if (unseen.length > 0 && !named) continue;
    const until = knownUntil(workloads, coverage);
    if (until === null) continue;
    const from = since ?? until - days * DAY_MS;
    const ids = await candidatesOf(skuId, workloads, from, coverage, deps);
    for (let start = 0; start < ids.length; start += USERS_AT_ONCE) {
      const some = ids.slice(start, start + USERS_AT_ONCE);
      const usages = new Map((await store.usage.byUsers(some)).map((one) => [one.userId, one]));
      const signIns = new Map((await store.signIns.byUsers(some)).map((one) => [one.userId, one]));
      const users = await store.users.byIds(some);
      const lately = await givenLately(users, until, store);
      for (const user of users) {
        const { state } = user;
        const given = givenAt(state.id, skuId) ?? lately.get(`${state.id} ${skuId}`) ?? null;
        const createdAt = signIns.get(state.id)?.createdAt ?? null;
        if (user.removedAt !== null || state.accountEnabled === false || isSpared(state, spend.excluded))
          continue;
        if (!heldSkus(state).has(skuId)) continue;
        if (isYoung(user, createdAt, given, until, minAgeMs)) continue;
        const activity = noActivity(
          state,
          skuId,
          { bySku, names },
          usages.get(state.id) ?? null,
          coverage,
          from,
        );
        if (activity === null) continue;
        const account = guessAccount(
          state,
          [...heldSkus(state)].some((held) => forResources.has(held)),
        );
        found.push({ ...licenseOf(state, skuId, given, signIns.get(state.id) ?? null), account, activity });
      }
    }
  }
  return found;
}

async function candidatesOf(
  skuId: string,
  workloads: ReturnType<typeof evidenceFor>['workloads'],
  since: number,
  coverage: Coverage,
  { store }: Deps,
): Promise<string[]> {
  const wanted = workloads.flatMap((workload) => {
    const known = coverage[workload];
    return known.known ? [{ workload, known }] : [];
  });
  return store.usage.notUsing(wanted, since, { skuIds: [skuId], planIds: [] });
}

/** Who came lately, or was given it lately, may be about to begin. */
const isYoung = (
  { firstSeenAt }: StoredUser,
  createdAt: number | null,
  givenAt: number | null,
  asOf: number,
  minAgeMs: number,
): boolean => asOf - (createdAt ?? firstSeenAt) < minAgeMs || (givenAt !== null && asOf - givenAt < minAgeMs);

function licenseOf(
  { id, displayName, userPrincipalName, assignments }: UserState,
  skuId: string,
  givenAt: number | null,
  signIn: SignIn | null,
): Omit<Inactive, 'account' | 'activity'> {
  return {
    userId: id,
    displayName,
    userPrincipalName,
    skuId,
    reason: 'no-activity',
    lastUsedAt: signIn && lastUsedAt(signIn),
    givenAt,
    paths: assignments.filter((one) => one.skuId === skuId && gives(one)).map(({ path }) => path),
  };
}
