import type { LicenseChange } from './change.ts';
import { type Assignment, gives, type UserState } from './user-state.ts';

/** The two reads that something happened between, ms UTC. */
export type SeenBetween = { after: number; by: number };

/** A product that somebody had by one path, without a break. */
export type Holding = {
  skuId: string;
  path: string;
  /** Null: it was there when the account was first read, and nobody here knows since when. */
  from: SeenBetween | null;
  /** Null while it is held. */
  to: SeenBetween | null;
  /** Service plans that are, or in the end were, switched off. */
  disabledPlans: string[];
};

/**
 * What somebody has and had, from the changes that were seen, each product and path with its beginning and end:
 * what is held first, then the latest to end. What Microsoft calls the date of an assignment is when it last touched
 * it (`licenseAssignmentStates.lastUpdatedDateTime`), which is no beginning, so that only reads count here.
 * @param state as it is now, or was last when the account is gone
 * @param changes all of the user's, in any order
 */
export function holdingsOf(state: UserState, changes: readonly LicenseChange[]): Holding[] {
  const ended: Holding[] = [];
  const held = new Map<string, Holding>();
  const begin = (assignment: Assignment, from: SeenBetween | null): void => {
    const { skuId, path, disabledPlans } = assignment;
    const before = held.get(keyOf(assignment));
    held.set(keyOf(assignment), { skuId, path, disabledPlans, from: before ? before.from : from, to: null });
  };
  for (const change of changes.toSorted((a, b) => a.observedAfter - b.observedAfter)) {
    const seen = { after: change.observedBefore, by: change.observedAfter };
    // What a change found there and no earlier one had brought was there from the beginning.
    for (const assignment of change.before.filter(gives)) {
      if (!held.has(keyOf(assignment))) begin(assignment, null);
    }
    const now = change.after.filter(gives);
    const left = new Set(now.map(keyOf));
    for (const [key, holding] of held) {
      if (left.has(key) || !isAbout(change, holding.skuId)) continue;
      held.delete(key);
      ended.push({ ...holding, to: seen });
    }
    for (const assignment of now) begin(assignment, seen);
  }
  // What no change ever touched has been there all the time; of a deleted account its last state is no holding.
  const touched = new Set(changes.flatMap(({ before, after }) => [...before, ...after].map(keyOf)));
  for (const assignment of state.assignments.filter(gives)) {
    if (!touched.has(keyOf(assignment)) && !isGone(changes)) begin(assignment, null);
  }
  return [...held.values(), ...ended.toSorted((a, b) => (b.to?.by ?? 0) - (a.to?.by ?? 0))];
}

/** What was held by which path when the account was first read. */
export const heldAtFirst = (holdings: readonly Holding[]): Holding[] =>
  holdings.filter(({ from }) => from === null);

const keyOf = ({ skuId, path }: Assignment): string => `${skuId} ${path}`;

/** A change of the account is one of everything that it holds. */
const isAbout = ({ skuId, newSkuId }: LicenseChange, held: string): boolean =>
  skuId === null || skuId === held || newSkuId === held;

const isGone = (changes: readonly LicenseChange[]): boolean =>
  changes.reduce<LicenseChange | null>(
    (last, change) => (last && last.observedAfter > change.observedAfter ? last : change),
    null,
  )?.kind === 'account-removed';
