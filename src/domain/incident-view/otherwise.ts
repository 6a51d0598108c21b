import type { ExplainedChange } from '../attribution/explained-change.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../license/user-state.ts';

/**
 * How what somebody has again differs from what they had, in a sentence; null when it is the same. A license
 * that came back by another path will not follow the group it came from.
 * @param changes the user's changes in the incident
 * @param now the user as last read
 */
export function otherwiseNote(
  changes: readonly ExplainedChange[],
  now: UserState,
  groupName: (groupId: string) => string,
): string | null {
  for (const { change } of changes) {
    const had = change.before.filter(gives);
    for (const skuId of new Set(had.map((one) => one.skuId))) {
      const note = noteOf(ofSku(had, skuId), ofSku(now.assignments.filter(gives), skuId), groupName);
      if (note) return note;
    }
  }
  return null;
}

const ofSku = (assignments: readonly Assignment[], skuId: string): Assignment[] =>
  assignments.filter((one) => one.skuId === skuId);

function noteOf(
  had: readonly Assignment[],
  has: readonly Assignment[],
  groupName: (groupId: string) => string,
): string | null {
  const [first] = has;
  if (!first) return null;
  const same = has.filter(({ path }) => had.some((one) => one.path === path));
  if (same.length === 0) {
    return first.path === DIRECT
      ? 'Has it again, but directly: it does not follow the group any more.'
      : `Has it again, but through ${groupName(first.path)}.`;
  }
  const missing = had.find(({ path }) => !has.some((one) => one.path === path));
  if (missing) {
    return missing.path === DIRECT
      ? 'Has it again, but not directly as before.'
      : `Has it again, but not through ${groupName(missing.path)} as before.`;
  }
  const hasServicePlansAsBefore = same.every(({ path, disabledPlans }) =>
    had.some((one) => one.path === path && one.disabledPlans.join() === disabledPlans.join()),
  );
  return hasServicePlansAsBefore ? null : 'Has it again, but with other service plans switched off.';
}
