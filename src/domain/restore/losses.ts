import type { LicenseChange, UserSnapshot } from '../license/change.ts';
import { type Assignment, DIRECT, gives } from '../license/user-state.ts';

/** What one user lost, as the ledger has it from before. Times are ms UTC. */
export type UserLoss = {
  userId: string;
  /** When the first of it was seen. */
  seenAt: number;
  /** The paths by which lost licenses came; of a license lost more than once, as it was the last time. */
  paths: Assignment[];
  /** Assignments in error that never gave anything. */
  failed: Assignment[];
  /** Paths whose service plans were changed, as they were before the first change. */
  replanned: Assignment[];
  /** What a deleted account had, and when it was seen gone; null when the account is not what was lost. */
  account: { assignments: Assignment[]; seenAt: number } | null;
  /** The user as they were at the last of the changes. */
  snapshot: UserSnapshot | null;
};

/**
 * What the users of an incident lost, whoever lost something first before the others. Changes that took nothing
 * away (a swap, a gain, another path, seats) are left out, and so are users who lost nothing.
 */
export function lossesOf(changes: readonly LicenseChange[]): UserLoss[] {
  const byUser = new Map<string, UserLoss>();
  for (const change of changes.toSorted(inOrder)) {
    const { userId } = change;
    if (userId === null || !TAKES_AWAY.has(change.kind)) continue;
    const loss = byUser.get(userId) ?? nothingYet(userId, change.observedAfter);
    byUser.set(userId, loss);
    note(loss, change);
  }
  return [...byUser.values()].sort((a, b) => a.seenAt - b.seenAt || byText(a.userId, b.userId));
}

const TAKES_AWAY: ReadonlySet<string> = new Set([
  'lost',
  'never-granted',
  'plans-changed',
  'account-removed',
]);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The store gives changes in no order that means anything, and the same facts must give the same plan. */
const inOrder = (a: LicenseChange, b: LicenseChange): number =>
  a.observedAfter - b.observedAfter || byText(a.id, b.id);

const nothingYet = (userId: string, seenAt: number): UserLoss => ({
  userId,
  seenAt,
  paths: [],
  failed: [],
  replanned: [],
  account: null,
  snapshot: null,
});

function note(loss: UserLoss, change: LicenseChange): void {
  loss.snapshot = change.user ?? loss.snapshot;
  const without = (assignments: Assignment[]) => assignments.filter(({ skuId }) => skuId !== change.skuId);
  switch (change.kind) {
    case 'lost':
      loss.paths = [...without(loss.paths), ...change.before.filter(gives)];
      return;
    case 'never-granted':
      loss.failed = [...without(loss.failed), ...change.after.filter(({ state }) => state === 'Error')];
      return;
    case 'plans-changed':
      if (without(loss.replanned).length === loss.replanned.length)
        loss.replanned.push(...changedPaths(change));
      return;
    case 'account-removed':
      loss.account = { assignments: change.before.filter(gives), seenAt: change.observedAfter };
      return;
  }
}

/** Paths that give now as then, with other service plans. */
const changedPaths = ({ before, after }: LicenseChange): Assignment[] =>
  before.filter(
    (then) =>
      gives(then) &&
      after.some(
        (now) =>
          now.path === then.path && gives(now) && !sameServicePlans(now.disabledPlans, then.disabledPlans),
      ),
  );

/** Whether two lists switch off the same service plans. */
export const sameServicePlans = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.toSorted().join() === b.toSorted().join();

/** The direct assignments among these. */
export const directOnes = (assignments: readonly Assignment[]): Assignment[] =>
  assignments.filter(({ path }) => path === DIRECT);
