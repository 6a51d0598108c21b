/** Why something cannot be given back, as data; `blocks.ts` has the sentences. Ids are lower case. */
export type Problem =
  /** `group`: whose members would need more seats of the product than are free. */
  | {
      code: 'no-seats';
      skuIds: string[];
      short: string;
      group: { id: string; needs: number; free: number } | null;
    }
  | {
      code: 'usage-location';
      skuIds: string[];
      why: 'missing' | 'unknown' | 'refused';
      now: string;
      was: string | null;
    }
  /** `servicePlanId` would come back, and does not go with `otherId`, which the user has now. */
  | { code: 'conflict'; skuIds: string[]; servicePlanId: string; otherId: string }
  | { code: 'dependency'; skuIds: string[]; servicePlanId: string; needs: readonly string[] }
  /** `of`: the product that cannot be assigned; a group that fails with one product gives none. */
  | { code: 'subscription-ended' | 'not-owned'; skuIds: string[]; of: string }
  | { code: GroupLock | 'group-gone' | 'group-plans'; skuIds: string[]; groupId: string }
  /** `users`: everybody to whom the group would give it again. */
  | { code: 'group-stopped'; skuIds: string[]; groupId: string; users: number }
  /** `until`: how long it can be restored, ms UTC; null when it cannot any more. */
  | { code: 'account-gone'; skuIds: string[]; until: number | null }
  | { code: 'running'; skuIds: string[] };

/** What keeps Graph, or us, from changing a group's members. */
export type GroupLock = 'group-dynamic' | 'group-synced' | 'group-mail-enabled' | 'group-role-assignable';

/** Whether the group is what is in the way, so that assigning directly could help. */
export function isOfGroup(problem: Problem): boolean {
  switch (problem.code) {
    case 'no-seats':
      return problem.group !== null || !problem.skuIds.includes(problem.short);
    case 'subscription-ended':
    case 'not-owned':
      return !problem.skuIds.includes(problem.of);
    // What changed on the group is still there: assigning beside it would only add to it.
    case 'group-plans':
      return false;
    default:
      return problem.code.startsWith('group-');
  }
}
