import { DAY_MS } from '../durations.ts';
import { type AssignmentPath, gives, heldSkus, type UserState } from '../license/user-state.ts';
import { dayOf } from '../usage/usage.ts';
import { type AccountGuess, guessAccount } from './account-guess.ts';
import { lastUsedAt, type SignIn } from './sign-in.ts';

/**
 * Why a license looks unused: the account is blocked; nobody signed in for so long; nobody ever did; nobody did since
 * the license was given; or somebody signs in, and no usage report shows an activity in anything that it gives.
 */
export type UnusedReason = 'blocked' | 'idle' | 'never' | 'not-since-given' | 'no-activity';

/** A license that looks unused. Times are ms UTC. */
export type UnusedLicense = {
  userId: string;
  displayName: string;
  userPrincipalName: string;
  skuId: string;
  reason: UnusedReason;
  lastUsedAt: number | null;
  /** Null when it was given before we looked. */
  givenAt: number | null;
  /** The paths that give it; only the direct one can be taken from this user alone. */
  paths: AssignmentPath[];
  account: AccountGuess;
};

export type UnusedRules = {
  /** Sign-ins are known up to then, ms UTC. */
  asOf: number;
  /** Whoever signed in since then uses the account, ms UTC. */
  since: number;
  /** Whether an idle license of the product counts. */
  counts: (skuId: string) => boolean;
  /** Whether the product is for rooms and shared devices. */
  isForResources: (skuId: string) => boolean;
};

/** What is known of the user besides their state. Times are ms UTC. */
export type UserUse = {
  /** Null when nothing is known of their sign-ins: then only a blocked account tells anything. */
  signIn: SignIn | null;
  firstSeenAt: number;
  /** When a license was given last, null when that was before we looked. */
  givenAt: (skuId: string) => number | null;
  /** The last activity in a usage report, which a sign-in that is not known does not undo. */
  activeAt: number | null;
};

/** Who was given something lately may be about to begin: nothing is said of accounts and licenses younger than this. */
export const MIN_AGE_MS = 30 * DAY_MS;

/** The user's licenses that look unused, in the order of their products. Spared accounts are for the caller to leave out. */
export function unusedLicenses(user: UserState, use: UserUse, rules: UnusedRules): UnusedLicense[] {
  const held = [...heldSkus(user)];
  const counted = held.filter(rules.counts);
  if (counted.length === 0) return [];
  const used = use.signIn && lastUsedAt(use.signIn);
  const account = guessAccount(user, held.some(rules.isForResources));
  return counted.flatMap((skuId) => {
    const givenAt = use.givenAt(skuId);
    const reason = user.accountEnabled === false ? 'blocked' : idleReason(use, givenAt, rules);
    if (reason === null) return [];
    const { id: userId, displayName, userPrincipalName } = user;
    const paths = user.assignments.filter((one) => one.skuId === skuId && gives(one)).map(({ path }) => path);
    return {
      userId,
      displayName,
      userPrincipalName,
      skuId,
      reason,
      lastUsedAt: used,
      givenAt,
      paths,
      account,
    };
  });
}

function idleReason(
  { signIn, firstSeenAt, activeAt }: UserUse,
  givenAt: number | null,
  { asOf, since }: UnusedRules,
): UnusedReason | null {
  if (signIn === null) return null;
  if (activeAt !== null && activeAt >= dayOf(Math.max(since, givenAt ?? since))) return null;
  const minAge = Math.min(MIN_AGE_MS, asOf - since);
  if (givenAt !== null && asOf - givenAt < minAge) return null;
  const used = lastUsedAt(signIn);
  if (used === null) return asOf - (signIn.createdAt ?? firstSeenAt) < minAge ? null : 'never';
  if (givenAt !== null && used < givenAt) return 'not-since-given';
  return used < since ? 'idle' : null;
}
