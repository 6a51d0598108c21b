import type { DetectedChange } from '../license/change.ts';
import { type AssignmentPath, gives } from '../license/user-state.ts';

/** One assignment path of one SKU that began or ceased to give the license. */
export type Flip = { skuId: string; path: AssignmentPath; direction: 'gone' | 'come' };

/** Every path that changed sides in a change; empty where only plans or errors changed. */
export function flipsOf(change: DetectedChange): Flip[] {
  const key = (a: { skuId: string; path: string }): string => `${a.skuId}|${a.path}`;
  const before = new Map(change.before.filter(gives).map((assignment) => [key(assignment), assignment]));
  const after = new Map(change.after.filter(gives).map((assignment) => [key(assignment), assignment]));
  const missing = (from: typeof before, other: typeof before, direction: Flip['direction']): Flip[] =>
    [...from.values()]
      .filter((assignment) => !other.has(key(assignment)))
      .map(({ skuId, path }) => ({ skuId, path, direction }));
  return [...missing(before, after, 'gone'), ...missing(after, before, 'come')];
}
