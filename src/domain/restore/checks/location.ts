import type { UserSnapshot } from '../../license/change.ts';
import type { UserState } from '../../license/user-state.ts';
import type { Problem } from './problem.ts';

const REGIONS = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const COUNTRIES = new Map<string, boolean>();

/** Whether Microsoft knows a usage location: two letters of ISO 3166-1. */
function isCountry(code: string): boolean {
  const known = COUNTRIES.get(code) ?? (/^[A-Z]{2}$/.test(code) && REGIONS.of(code) !== undefined);
  COUNTRIES.set(code, known);
  return known;
}

/**
 * What is wrong with a user's usage location for these products; null when nothing is known to be. A direct
 * assignment needs one; members of a group without one inherit the directory's (Microsoft, "Scenarios,
 * limitations, and known issues using groups to manage licensing"). Which product is not offered where is on no
 * list that we could read, so only what Microsoft said of this very user counts, and only while the location is
 * the same as then.
 * @param state the user now; null when the account is gone, and then `snapshot` tells where they were
 */
export function locationProblem(
  state: UserState | null,
  snapshot: UserSnapshot | null,
  skuIds: readonly string[],
  direct: boolean,
): Problem | null {
  const now = (state ? state.usageLocation : snapshot?.usageLocationBefore) ?? '';
  const was = snapshot?.usageLocationBefore ?? null;
  const problem = (why: 'missing' | 'unknown' | 'refused', ids: readonly string[]): Problem => ({
    code: 'usage-location',
    skuIds: [...ids],
    why,
    now,
    was: was === now ? null : was,
  });
  if (now === '') return direct ? problem('missing', skuIds) : null;
  if (!isCountry(now.toUpperCase())) return problem('unknown', skuIds);
  if (state === null || (snapshot && snapshot.usageLocationAfter !== state.usageLocation)) return null;
  const refused = skuIds.filter((skuId) =>
    state.assignments.some(
      (one) =>
        one.skuId === skuId && one.error === 'ProhibitedInUsageLocationViolation' && one.state === 'Error',
    ),
  );
  return refused.length > 0 ? problem('refused', refused) : null;
}
