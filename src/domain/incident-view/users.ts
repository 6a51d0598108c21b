import type { ExplainedChange } from '../attribution/explained-change.ts';
import { type Assignment, DIRECT, gives } from '../license/user-state.ts';
import type { ViewContext } from './context.ts';
import type { Standing } from './restore-progress.ts';
import type { AffectedUser } from './view.ts';

/** The users that the viewer may see, by name, with what they had and where they stand. */
export function affectedUsers(
  context: ViewContext,
  standings: ReadonlyMap<string, Standing>,
): AffectedUser[] {
  const { userIds, stored, nameOf } = context;
  const changesByUser = Map.groupBy(context.changes, ({ change }) => change.userId);
  const byName = new Intl.Collator('en');
  return userIds
    .map((userId): AffectedUser => {
      const mine = changesByUser.get(userId) ?? [];
      const then = mine[0]?.change.user;
      return {
        userId,
        name: nameOf(userId),
        userPrincipalName: stored.get(userId)?.state.userPrincipalName ?? then?.userPrincipalName ?? '',
        had: lastHeld(mine).map((assignment) => hadOf(context, assignment)),
        ...(standings.get(userId) ?? { status: 'lost', note: null }),
      };
    })
    .sort((a, b) => byName.compare(a.name, b.name));
}

/** What somebody held before the changes; of a license that was lost more than once, as it was the last time. */
function lastHeld(changes: readonly ExplainedChange[]): Assignment[] {
  const byLicense = new Map<string, Assignment>();
  for (const { change } of changes.toSorted((a, b) => a.change.observedAfter - b.change.observedAfter)) {
    for (const held of change.before.filter(gives)) byLicense.set(`${held.skuId}|${held.path}`, held);
  }
  return [...byLicense.values()];
}

function hadOf({ facts, groupName }: ViewContext, assignment: Assignment): AffectedUser['had'][number] {
  const { skuId, path, disabledPlans } = assignment;
  return {
    product: facts.productName(skuId),
    path: path === DIRECT ? 'assigned directly' : `through ${groupName(path)}`,
    disabledPlans: disabledPlans.map(facts.servicePlanName),
  };
}
