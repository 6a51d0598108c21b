import type { ChangeKind, DetectedChange, UserSnapshot } from './change.ts';
import type { StatePair } from './state-pair.ts';
import { joinSwaps, type LiveSkus } from './swap.ts';
import { type Assignment, type AssignmentPath, gives, type UserState } from './user-state.ts';

export type DiffContext = {
  /** The tenant's SKUs at each read, by id; empty where they were not read. */
  skusBefore: LiveSkus;
  skusAfter: LiveSkus;
  /** Whether this user, whom the earlier state does not have, was there once and had been removed. */
  wasRemoved: (userId: string) => boolean;
};

const NOTHING: readonly Assignment[] = [];

/**
 * What changed for one user between two complete reads: at most one change for each SKU, in the order of
 * the SKU ids, or one account change that stands for all licenses. `before` null is a user not known as
 * present: restored when they were removed before, else new. `after` null is a user who is gone.
 */
export function diffUser(pair: StatePair, context: DiffContext): DetectedChange[] {
  const { before, after } = pair;
  if (before && !after) return accountChange('account-removed', before, after);
  if (!before && after && context.wasRemoved(after.id)) {
    return accountChange('account-restored', before, after);
  }
  const user = after ?? before;
  if (!user) return [];

  const changes: DetectedChange[] = [];
  let snapshot: UserSnapshot | undefined;
  for (const { skuId, earlier, later } of bySku(
    before?.assignments ?? NOTHING,
    after?.assignments ?? NOTHING,
  )) {
    const found = diffSku(earlier, later);
    if (!found) continue;
    snapshot ??= snapshotOf(before, after, user);
    changes.push({
      kind: found.kind,
      userId: user.id,
      skuId,
      newSkuId: null,
      path: found.paths.length === 1 ? (found.paths[0] ?? null) : null,
      before: [...earlier],
      after: [...later],
      user: snapshot,
      skuBefore: context.skusBefore.get(skuId) ?? null,
      skuAfter: context.skusAfter.get(skuId) ?? null,
    });
  }
  return changes.length > 1 ? joinSwaps(changes, context.skusAfter) : changes;
}

/** An account that never had a license has nothing to stand for. */
function accountChange(
  kind: 'account-removed' | 'account-restored',
  before: UserState | null,
  after: UserState | null,
): DetectedChange[] {
  const user = after ?? before;
  if (!user || user.assignments.length === 0) return [];
  return [
    {
      kind,
      userId: user.id,
      skuId: null,
      newSkuId: null,
      path: null,
      before: before?.assignments ?? [],
      after: after?.assignments ?? [],
      user: snapshotOf(before, after, user),
      skuBefore: null,
      skuAfter: null,
    },
  ];
}

/** Names are kept as they were before the change, as the records of that time use them. */
function snapshotOf(before: UserState | null, after: UserState | null, user: UserState): UserSnapshot {
  const named = before ?? user;
  return {
    displayName: named.displayName,
    userPrincipalName: named.userPrincipalName,
    usageLocationBefore: before?.usageLocation ?? null,
    usageLocationAfter: after?.usageLocation ?? null,
    onPremisesSyncEnabled: user.onPremisesSyncEnabled,
    accountEnabled: user.accountEnabled,
  };
}

type SkuPair = { skuId: string; earlier: readonly Assignment[]; later: readonly Assignment[] };

/** Both lists are sorted by SKU, so that one walk over the two finds each SKU's assignments. */
function* bySku(before: readonly Assignment[], after: readonly Assignment[]): Generator<SkuPair> {
  let b = 0;
  let a = 0;
  while (b < before.length || a < after.length) {
    const left = before[b]?.skuId;
    const right = after[a]?.skuId;
    const skuId = left === undefined || (right !== undefined && right < left) ? right : left;
    if (skuId === undefined) return;
    const fromB = b;
    const fromA = a;
    while (before[b]?.skuId === skuId) b++;
    while (after[a]?.skuId === skuId) a++;
    yield { skuId, earlier: before.slice(fromB, b), later: after.slice(fromA, a) };
  }
}

type SkuDiff = { kind: ChangeKind; paths: AssignmentPath[] } | null;

function diffSku(earlier: readonly Assignment[], later: readonly Assignment[]): SkuDiff {
  const givenThen = earlier.filter(gives);
  const givenNow = later.filter(gives);
  const gone = pathsMissing(givenThen, givenNow);
  const come = pathsMissing(givenNow, givenThen);

  if (givenThen.length > 0 && givenNow.length === 0) return { kind: 'lost', paths: gone };
  if (givenThen.length === 0 && givenNow.length > 0) return { kind: 'gained', paths: come };
  if (givenThen.length === 0) {
    const failed = pathsMissing(later.filter(inError), earlier.filter(inError));
    return failed.length > 0 ? { kind: 'never-granted', paths: failed } : null;
  }
  if (gone.length > 0 || come.length > 0) return { kind: 'path-changed', paths: [...gone, ...come] };

  const otherServicePlans = givenNow.filter((assignment) => {
    const earlier = givenThen.find((candidate) => candidate.path === assignment.path);
    return earlier !== undefined && !sameServicePlans(earlier.disabledPlans, assignment.disabledPlans);
  });
  return otherServicePlans.length > 0
    ? { kind: 'plans-changed', paths: otherServicePlans.map((assignment) => assignment.path) }
    : null;
}

const inError = (assignment: Assignment): boolean => assignment.state === 'Error';

const pathsMissing = (from: readonly Assignment[], other: readonly Assignment[]): AssignmentPath[] =>
  from
    .filter((assignment) => !other.some((candidate) => candidate.path === assignment.path))
    .map((assignment) => assignment.path);

/** Disabled plans are kept sorted, so that order means nothing. */
const sameServicePlans = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((plan, index) => plan === b[index]);
